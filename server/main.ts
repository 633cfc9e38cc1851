import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { destination, type Logger, pino } from 'pino';
import { ActionService } from './actions/index.ts';
import { obtainAgentToken } from './agent-token.ts';
import { AuditLog } from './audit/index.ts';
import { CaptureService } from './captures/index.ts';
import { type Config, ConfigurationMistaken, readConfig } from './config.ts';
import { RegistrySource, StaticSource } from './discovery/index.ts';
import { ServerError } from './errors.ts';
import { defaultHeapMemoryBytes, HeapService } from './heap/index.ts';
import { ConsoleAccess } from './http/access/console-access.ts';
import { FrontDoor } from './http/front-door.ts';
import { PageRenderer } from './http/pages/page-renderer.ts';
import { InstanceDirectory } from './instances/index.ts';
import { systemClock as clock, findOpenIntents, openStore } from './store/index.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
/** What a stop may take before it is forced. */
const STOP_BUDGET_MS = 4000;

/** What the process tells whoever started it with a channel (scripts/start.mjs, tests). */
interface ReadyMessage {
  readonly ready: true;
  readonly http: { readonly host: string; readonly port: number };
  readonly registryAddress: string;
}

/**
 * Puts the rooms together, from the store outwards. Every one that has started is on the stack, which stops them in the
 * opposite order, also when a later one fails to start.
 */
async function start(
  config: Config,
  log: Logger,
): Promise<AsyncDisposable & { readonly ready: ReadyMessage }> {
  await using rooms = new AsyncDisposableStack();
  const startedAt = new Date().toISOString();
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };

  const pages = config.http.pages ? rooms.use(PageRenderer.start({ directory: ROOT, log })) : null;

  const store = rooms.adopt(await openStore({ dataDirectory: config.dataDirectory, clock, log }), (opened) =>
    opened.close(),
  );
  const audit = rooms.use(
    await AuditLog.open({
      db: store.db,
      dataDirectory: store.dataDirectory,
      keepOpen: await findOpenIntents(store.db),
      clock,
      log,
    }),
  );

  const agentToken = config.agents.token ?? (await obtainAgentToken(store.dataDirectory));
  const registry = new RegistrySource({
    host: config.grpc.host,
    port: config.grpc.port,
    token: agentToken,
    epoch: store.epoch,
    networks: config.agents.networks,
    ...(config.grpc.tls ? { tls: config.grpc.tls } : {}),
    log,
  });
  const staticTargets = new StaticSource({
    targets: config.agents.targets,
    networks: config.agents.networks,
  });
  const directory = rooms.use(
    await InstanceDirectory.start({
      sources: [registry, staticTargets],
      agentToken,
      ...(config.agents.ca ? { agentCa: config.agents.ca } : {}),
      compression: config.agents.compression,
      timeline: store.timeline,
      clock,
      log,
    }),
  );
  const captures = rooms.use(
    await CaptureService.start({
      store,
      audit,
      instances: directory,
      sources: config.sources,
      limits: {
        running: config.captures.runningLimit,
        queued: config.captures.queueLimit,
        artifactMaxBytes: config.captures.artifactMaxBytes,
        artifactTotalBytes: config.captures.artifactLimitBytes,
        retentionDays: config.captures.retentionDays,
        budgets: config.captures.budgets,
      },
      clock,
      log,
    }),
  );
  const heaps = rooms.use(
    await HeapService.start({
      captures,
      indexDirectory: join(store.dataDirectory, 'heap-index'),
      limits: {
        memoryBytes: config.heaps.memoryBytes ?? defaultHeapMemoryBytes(),
        indexBytes: config.heaps.indexBytes,
      },
      log,
    }),
  );
  const actions = rooms.use(await ActionService.start({ store, audit, instances: directory, clock, log }));

  const access = await ConsoleAccess.open({
    token: config.http.consoleToken,
    sessionsFile: join(store.dataDirectory, 'sessions.json'),
    encrypted: config.http.tls !== null,
    clock,
    onError: (error) => log.error({ err: error }, 'the sessions could not be written'),
  });
  const frontDoor = rooms.use(
    await FrontDoor.open({
      config: config.http,
      access,
      rooms: { directory, captures, heaps, actions, audit, timeline: store.timeline },
      facts: { version, startedAt, epoch: store.epoch, registryAddress: registry.address },
      pages,
      log,
    }),
  );

  const started = rooms.move();
  return {
    ready: {
      ready: true,
      http: { host: frontDoor.address.address, port: frontDoor.address.port },
      registryAddress: registry.address,
    },
    [Symbol.asyncDispose]: () => started.disposeAsync(),
  };
}

/** Ends the process with a sentence, not a stack: it is for whoever typed the command. */
function refuseToStart(sentence: string): never {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}

function toSentence(error: unknown): string | undefined {
  if (error instanceof ConfigurationMistaken) return error.mistakes.join('\n');
  return error instanceof ServerError ? error.message : undefined;
}

async function main(): Promise<void> {
  const major = Number(process.versions.node.split('.')[0]);
  if (major < 24) {
    refuseToStart(
      `OPS Center runs on Node 24 and this is ${process.versions.node}: start it with npm start.`,
    );
  }
  const config = readConfig(process.env);
  const output = destination({ fd: 1, sync: true });
  // Whoever reads the log may be gone; that is no reason to fall.
  output.on('error', () => {});
  const log = pino({ level: config.logLevel, base: null }, output);
  const server = await start(config, log);
  log.info({ ...server.ready, data: config.dataDirectory }, 'ready');

  let stopping = false;
  const stop = (reason: string, exitCode = 0) => {
    if (stopping) return;
    stopping = true;
    log.info({ reason }, 'stopping');
    setTimeout(() => process.exit(1), STOP_BUDGET_MS);
    server[Symbol.asyncDispose]().then(
      () => process.exit(exitCode),
      (error: unknown) => {
        log.error({ err: error }, 'the stop failed');
        process.exit(1);
      },
    );
  };
  process.on('SIGINT', () => stop('SIGINT'));
  process.on('SIGTERM', () => stop('SIGTERM'));
  process.on('uncaughtException', (error) => {
    log.fatal({ err: error }, 'an error that nobody caught');
    stop('an error that nobody caught', 1);
  });
  if (process.send) {
    process.on('disconnect', () => stop('whoever started this is gone'));
    process.send(server.ready);
  }
}

main().catch((error: unknown) => {
  const sentence = toSentence(error);
  refuseToStart(
    sentence ?? `OPS Center could not start: ${error instanceof Error ? error.message : String(error)}`,
  );
});
