// Usage: npm start [-- --no-platform] [-- --help]
// Builds what is stale, then runs the server, the dashboard and the example platform until Ctrl-C or SIGTERM.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { BuildFailed, build } from './build.mjs';
import { Child } from './shared/child.mjs';
import { watchForInterruption } from './shared/interruption.mjs';
import { Keeper } from './shared/keeper.mjs';
import { LogFile } from './shared/log-file.mjs';
import { ROOT } from './shared/root.mjs';

const NODE_MAJOR = 24;
const READY_TIMEOUT_MS = 30_000;
/** Services that can say goodbye do so to a server that is still there. */
const PLATFORM_GRACE_MS = 2000;
/** From the signal to the last process, at most. */
const STOP_BUDGET_MS = 4500;

const HELP = `Usage: npm start [-- OPTIONS]

Builds what is stale, runs the server, the dashboard and the example platform, and stops everything on Ctrl-C.

  --no-platform   without the example platform (also: OPSCENTER_PLATFORM=off)
  --help          this text

Settings are environment variables, such as OPSCENTER_HTTP_PORT (3000), OPSCENTER_GRPC_PORT (7071) and OPSCENTER_DATA
(.opscenter). server/config.ts lists them all.
`;

/** What keeps everything from starting, as a sentence for whoever typed the command. */
class Obstacle extends Error {}

const signal = watchForInterruption();
/** In the order in which they are stopped. @type {{ keeper: Keeper, graceMs: number }[]} */
const running = [];

try {
  const options = parseArguments(process.argv.slice(2));
  await start(options);
  if (!signal.aborted)
    await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
  await stopEverything();
  process.exit(0);
} catch (error) {
  await stopEverything();
  if (signal.aborted) process.exit(0);
  const isExpected = error instanceof Obstacle || error instanceof BuildFailed;
  process.stderr.write(`${isExpected ? error.message : (error.stack ?? error)}\n`);
  process.exit(1);
}

async function start(options) {
  const config = await readSettings();
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  await demandFreePort(config.http.host, config.http.port, 'OPSCENTER_HTTP_PORT');
  await demandFreePort(config.grpc.host, config.grpc.port, 'OPSCENTER_GRPC_PORT');
  const logs = makeLogFolder(config.dataDirectory);
  await build({ signal, say });

  const server = await startServer(logs, options.platform);
  const platform = options.platform ? await startPlatform(config, server, logs) : undefined;
  await whenPagesAreReady(config, server);
  signal.throwIfAborted();
  say(toSummary({ version, config, server, platform, logs }));
}

function parseArguments(words) {
  if (words.includes('--help') || words.includes('-h')) {
    process.stdout.write(HELP);
    process.exit(0);
  }
  const unknown = words.find((word) => word !== '--no-platform');
  if (unknown !== undefined)
    throw new Obstacle(`npm start does not know ${unknown}: npm start -- --help lists what it knows.`);
  const variable = process.env.OPSCENTER_PLATFORM ?? '';
  if (!['', 'on', 'off'].includes(variable)) throw new Obstacle('OPSCENTER_PLATFORM must be on or off.');
  return { platform: variable !== 'off' && !words.includes('--no-platform') };
}

/** The server's own reading of its settings, so that a mistake is told before anything is built. */
async function readSettings() {
  const major = Number(process.versions.node.split('.')[0]);
  if (major < NODE_MAJOR) {
    throw new Obstacle(
      `This is Node ${process.versions.node}, and OPS Center runs on Node ${NODE_MAJOR}, which npm start brings: type npm start.`,
    );
  }
  const { ConfigurationMistaken, readConfig } = await import('../server/config.ts');
  try {
    return readConfig(process.env);
  } catch (error) {
    throw error instanceof ConfigurationMistaken ? new Obstacle(error.mistakes.join('\n')) : error;
  }
}

/** Made before the build, so that a data directory that cannot be used is told at once. */
function makeLogFolder(dataDirectory) {
  const logs = join(dataDirectory, 'logs');
  try {
    mkdirSync(logs, { recursive: true, mode: 0o700 });
  } catch (error) {
    const reasons = {
      EACCES: 'this user may not write there',
      EEXIST: 'a file is in the way',
      ENOTDIR: 'a file is in the way',
      ENOSPC: 'the disk is full',
      EROFS: 'the file system is read-only',
    };
    throw new Obstacle(
      `The data directory ${dataDirectory} cannot be used: ${reasons[error.code] ?? error.message}. Set OPSCENTER_DATA to a directory of your own.`,
    );
  }
  return logs;
}

/** Asked before the build, which takes a while; the server itself asks again. */
async function demandFreePort(host, port, setting) {
  if (port === 0) return;
  const code = await new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', (error) => resolve(error.code));
    probe.listen({ host, port, exclusive: true }, () => probe.close(() => resolve(undefined)));
  });
  if (code === 'EADDRINUSE') {
    throw new Obstacle(
      `Port ${port} on ${host} is in use, perhaps by another OPS Center: stop what uses it, or set ${setting} to another port.`,
    );
  }
}

/**
 * The server holds little and turns over much, a second of vitals of every instance: with V8's own generosity (a young
 * generation of 64 MB, a heap that may quadruple before it is cleared) 500 instances took 530 MB and pauses of 100 ms on
 * a busy machine, with these 250 MB and 15 ms.
 */
function serverFlags() {
  return JSON.parse(readFileSync(join(ROOT, 'server', 'node-flags.json'), 'utf8'));
}

/** @returns {Promise<{ http: { host: string, port: number }, registryAddress: string }>} what the server says of itself */
async function startServer(logs, withPlatform) {
  const log = new LogFile(join(logs, 'server.log'));
  // The platform's source is our own, and may be shown.
  const environment = withPlatform ? { OPSCENTER_SOURCES: `${ROOT}=${ROOT}`, ...process.env } : process.env;
  let announced;
  let lastWords = '';
  const keeper = new Keeper({
    start: () => {
      const child = new Child(process.execPath, [...serverFlags(), join(ROOT, 'server', 'main.ts')], {
        stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
        // Started again it takes the ports it had, also when the system chose them.
        env: announced
          ? {
              ...environment,
              OPSCENTER_HTTP_PORT: String(announced.http.port),
              OPSCENTER_GRPC_PORT: announced.registryAddress.split(':').at(-1),
            }
          : environment,
      });
      child.process.stdout?.on('data', (chunk) => log.write(chunk));
      child.process.stderr?.setEncoding('utf8').on('data', (chunk) => {
        log.write(chunk);
        lastWords = (lastWords + chunk).slice(-4000);
      });
      return child;
    },
    whenReady: (child) =>
      new Promise((resolve, reject) => {
        child.process.on('message', (message) => {
          if (message?.ready !== true) return;
          announced = message;
          resolve();
        });
        setTimeout(
          () =>
            reject(
              new Obstacle(`The server is not ready after ${READY_TIMEOUT_MS / 1000} s; see ${log.path}.`),
            ),
          READY_TIMEOUT_MS,
        ).unref();
      }),
    isWanted: () => false,
    onRestart: (ended) =>
      say(`The server ended unasked (${toWords(ended)}) and is started again; see ${log.path}.`),
  });
  running.push({ keeper, graceMs: STOP_BUDGET_MS - 300 });
  await keeper.start().catch((reason) => {
    if (reason instanceof Error) throw reason;
    throw new Obstacle(
      lastWords.trim() || `The server ended at its start (${toWords(reason)}); see ${log.path}.`,
    );
  });
  return announced;
}

/** @returns {Promise<{ names: string[] }>} its services */
async function startPlatform(config, server, logs) {
  const log = new LogFile(join(logs, 'platform.log'));
  const registryPort = server.registryAddress.split(':').at(-1);
  let lastWords = '';
  const keeper = new Keeper({
    start: () => {
      const child = new Child(process.execPath, [join(ROOT, 'platform', 'supervisor.ts')], {
        stdio: ['pipe', 'pipe', 'pipe', 'ipc'],
        env: toPlatformEnvironment(config, registryPort),
      });
      child.process.stdout?.on('data', (chunk) => log.write(chunk));
      child.process.stderr?.setEncoding('utf8').on('data', (chunk) => {
        log.write(chunk);
        lastWords = (lastWords + chunk).slice(-4000);
      });
      return child;
    },
    // It is at work as soon as it speaks of its first process.
    whenReady: (child) => new Promise((resolve) => child.process.stdout?.once('data', resolve)),
    isWanted: ({ code }) => code === 0,
    onRestart: (ended) =>
      say(`The platform ended unasked (${toWords(ended)}) and is started again; see ${log.path}.`),
  });
  running.unshift({ keeper, graceMs: PLATFORM_GRACE_MS });
  await keeper.start().catch((reason) => {
    if (reason instanceof Error) throw reason;
    throw new Obstacle(
      lastWords.trim() || `The example platform ended at its start (${toWords(reason)}); see ${log.path}.`,
    );
  });
  const { planPlatform } = await import('../platform/plan.ts');
  return { names: planPlatform(0).map((instance) => instance.name) };
}

/** The platform is a customer: it gets the agents' token and where to register, and none of the console's secrets. */
function toPlatformEnvironment(config, registryPort) {
  const { OPSCENTER_CONSOLE_TOKEN, OPSCENTER_AGENT_TOKEN, OPSCENTER_TLS_KEY, OPSCENTER_TLS_CERT, ...rest } =
    process.env;
  let tokenFile = join(config.dataDirectory, 'agent-token');
  if (OPSCENTER_AGENT_TOKEN) {
    tokenFile = join(config.dataDirectory, 'platform-token');
    mkdirSync(config.dataDirectory, { recursive: true, mode: 0o700 });
    writeFileSync(tokenFile, `${OPSCENTER_AGENT_TOKEN}\n`, { mode: 0o600 });
  }
  const registryHost =
    config.grpc.host === '0.0.0.0' || config.grpc.host === '::' ? '127.0.0.1' : config.grpc.host;
  return {
    ...rest,
    OPSCENTER_DATA: config.dataDirectory,
    OPSCENTER_SERVER: `${registryHost.includes(':') ? `[${registryHost}]` : registryHost}:${registryPort}`,
    OPSCENTER_TOKEN_FILE: tokenFile,
    ...(config.grpc.tls && !rest.OPSCENTER_SERVER_CA ? { OPSCENTER_SERVER_CA: OPSCENTER_TLS_CERT } : {}),
  };
}

/** A page that cannot be rendered yet would be the first thing a newcomer sees. */
async function whenPagesAreReady(config, server) {
  if (!config.http.pages || config.http.tls) return;
  const givesUpAt = Date.now() + READY_TIMEOUT_MS;
  while (Date.now() < givesUpAt && !signal.aborted) {
    const readiness = await fetch(`${toUrl(config, server)}/readyz`, { signal: AbortSignal.timeout(2000) })
      .then((answer) => answer.json())
      .catch(() => undefined);
    if (readiness?.pages === 'ready') return;
    await sleep(100);
  }
  if (!signal.aborted)
    say('The dashboard does not render pages yet; the API works. The server’s log says more.');
}

function toUrl(config, server) {
  const { host, port } = server.http;
  const isWildcard = host === '0.0.0.0' || host === '::';
  const name = isWildcard ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  return `${config.http.tls ? 'https' : 'http'}://${name}:${port}`;
}

function toSummary({ version, config, server, platform, logs }) {
  const rows = [
    ['Console', toUrl(config, server)],
    ['Registry', `${server.registryAddress}  (agents register here)`],
    ['Platform', platform ? platform.names.join(', ') : 'off'],
    ['Data', config.dataDirectory],
    ['Logs', logs],
  ];
  const lines = rows.map(([name, value]) => `  ${name.padEnd(10)}${value}`);
  return `\nOPS Center ${version} is running.\n\n${lines.join('\n')}\n\nCtrl-C stops everything.\n`;
}

/** In order, each within its own grace; whatever is left when the budget ends is killed. */
async function stopEverything() {
  if (running.length === 0) return;
  const members = running.splice(0);
  const force = setTimeout(() => {
    for (const { keeper } of members) keeper.killGroup();
  }, STOP_BUDGET_MS);
  const startedAt = Date.now();
  for (const { keeper, graceMs } of members) {
    const left = Math.max(0, STOP_BUDGET_MS - 300 - (Date.now() - startedAt));
    await keeper.stop(Math.min(graceMs, left));
  }
  clearTimeout(force);
}

function toWords({ code, signal: endedBy }) {
  return endedBy ?? `exit code ${code}`;
}

function say(sentence) {
  process.stdout.write(`${sentence}\n`);
}
