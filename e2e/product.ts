import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { findFreePorts } from './free-ports.ts';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const START_BUDGET_MS = 240_000;
const STOP_BUDGET_MS = 5_000;
/** Two products may run beside each other, for two runs: platforms of a hundred ports each, above what is usually taken. */
const portBaseOf = (place: number) => 20_000 + ((process.ppid % 5) * 2 + (place % 2)) * 100;
/** A drain waits for games to end; what is shown of it is the same when they are short. */
const GAME_SECONDS = '15-25';

/** The product as a newcomer runs it: server, dashboard and example platform, in a data directory of its own. */
export interface Product {
  readonly url: string;
  readonly registryAddress: string;
  readonly tokenFile: string;
  readonly dataDirectory: string;
  /** `npm run platform -- …` */
  platform(...words: string[]): Promise<string>;
  /** GET of the API, parsed. */
  get<Answer = never>(path: string): Promise<Answer>;
  /** POST to the API as curl does it, parsed. */
  post<Answer = never>(path: string, body: object): Promise<Answer>;
  /** The server stands still, with its connections open, until it is killed. */
  suspendServer(): void;
  /** Ends the server process as `kill -9` does; it is started again by itself. */
  killServer(): void;
  stop(): Promise<void>;
}

/** @param place among those that run beside each other */
export async function startProduct(place = 0): Promise<Product> {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'opscenter-e2e-'));
  const [httpPort = 0, grpcPort = 0] = await findFreePorts(2);
  const environment = {
    ...process.env,
    OPSCENTER_DATA: dataDirectory,
    OPSCENTER_HTTP_PORT: String(httpPort),
    OPSCENTER_GRPC_PORT: String(grpcPort),
    PLATFORM_PORT_BASE: String(portBaseOf(place)),
    PLATFORM_GAME_SECONDS: GAME_SECONDS,
  };
  const starter = spawn(process.execPath, [join(ROOT, 'scripts', 'start.mjs')], {
    cwd: ROOT,
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  await whenRunning(starter);
  return {
    url: `http://127.0.0.1:${httpPort}`,
    registryAddress: `127.0.0.1:${grpcPort}`,
    tokenFile: join(dataDirectory, 'agent-token'),
    dataDirectory,
    platform: async (...words) => {
      const cli = join(ROOT, 'platform', 'cli.ts');
      const { stdout } = await promisify(execFile)(process.execPath, [cli, ...words], {
        cwd: ROOT,
        env: environment,
        timeout: 15_000,
      });
      return stdout;
    },
    get: (path) => ask(`http://127.0.0.1:${httpPort}${path}`),
    post: (path, body) =>
      ask(`http://127.0.0.1:${httpPort}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-opscenter': '1' },
        body: JSON.stringify(body),
      }),
    suspendServer: () => process.kill(serverPid(starter), 'SIGSTOP'),
    killServer: () => process.kill(serverPid(starter), 'SIGKILL'),
    stop: () => stop(starter, dataDirectory),
  };
}

async function ask<Answer>(url: string, wish: RequestInit = {}): Promise<Answer> {
  const answer = await fetch(url, { ...wish, signal: AbortSignal.timeout(10_000) });
  if (!answer.ok) throw new Error(`${url} was answered with ${answer.status}: ${await answer.text()}`);
  return (await answer.json()) as Answer;
}

async function whenRunning(starter: ChildProcess): Promise<void> {
  let output = '';
  const deadline = AbortSignal.timeout(START_BUDGET_MS);
  await new Promise<void>((resolve, reject) => {
    const onOutput = (chunk: Buffer) => {
      output += chunk;
      if (output.includes('is running.')) resolve();
    };
    starter.stdout?.on('data', onOutput);
    starter.stderr?.on('data', onOutput);
    starter.once('exit', (code) => reject(new Error(`npm start ended with ${code}:\n${output}`)));
    deadline.addEventListener('abort', () => reject(new Error(`npm start did not get ready:\n${output}`)));
  });
}

/** The server is the starter's child that runs server/main.ts. */
function serverPid(starter: ChildProcess): number {
  const children = readFileSync(`/proc/${starter.pid}/task/${starter.pid}/children`, 'utf8')
    .trim()
    .split(' ');
  const found = children.find((pid) =>
    readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('server/main.ts'),
  );
  if (found === undefined) throw new Error('npm start has no server process');
  return Number(found);
}

async function stop(starter: ChildProcess, dataDirectory: string): Promise<void> {
  if (starter.exitCode === null && starter.signalCode === null) {
    const ended = once(starter, 'exit');
    const startedAt = Date.now();
    starter.kill('SIGTERM');
    const force = setTimeout(() => starter.kill('SIGKILL'), 4 * STOP_BUDGET_MS);
    await ended;
    clearTimeout(force);
    const took = Date.now() - startedAt;
    if (took > STOP_BUDGET_MS) throw new Error(`npm start took ${took} ms to stop; it has ${STOP_BUDGET_MS}`);
  }
  rmSync(dataDirectory, { recursive: true, force: true });
}
