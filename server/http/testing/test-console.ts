import { readFileSync } from 'node:fs';
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { ActionService } from '../../actions/index.ts';
import { AuditLog } from '../../audit/index.ts';
import { CaptureService } from '../../captures/index.ts';
import type { SourceRoot } from '../../captures/sources/source-roots.ts';
import type { TlsMaterial } from '../../config.ts';
import { HeapService } from '../../heap/index.ts';
import { InstanceDirectory } from '../../instances/index.ts';
import { type Clock, openStore, systemClock } from '../../store/index.ts';
import { PROGRAM } from '../../testing/heap-bench.ts';
import { ManualSource } from '../../testing/manual-source.ts';
import { type AgentScript, ScriptedAgent } from '../../testing/scripted-agent.ts';
import { silentLog } from '../../testing/silent-log.ts';
import { temporaryDirectory } from '../../testing/temp-directory.ts';
import { waitUntil } from '../../testing/wait-until.ts';
import { ConsoleAccess } from '../access/console-access.ts';
import { type Capture, CaptureList, type Instance } from '../contract/index.ts';
import { FrontDoor } from '../front-door.ts';
import type { Pages } from '../pages/pages.ts';

export const AGENT_TOKEN = 'agents-and-server-share-this';

export interface TestConsoleOptions {
  readonly dataDirectory?: string;
  readonly token?: string;
  readonly tls?: TlsMaterial;
  readonly pages?: Pages;
  readonly names?: readonly string[];
  readonly port?: number;
  readonly clock?: Clock;
  readonly sources?: readonly SourceRoot[];
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  readonly text: string;
  json(): unknown;
}

export interface Sent {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string | string[]>>;
  readonly body?: string | Uint8Array;
}

/** The certificate of the fixtures, for localhost. */
export function testTls(): TlsMaterial {
  const fixture = (name: string) =>
    readFileSync(fileURLToPath(new URL(`../../testing/fixtures/${name}`, import.meta.url)));
  return { cert: fixture('localhost.cert.pem'), key: fixture('localhost.key.pem') };
}

/** The whole server in this process, on a real port with a real store; only discovery does what the test says. */
export class TestConsole implements AsyncDisposable {
  readonly source: ManualSource;
  readonly door: FrontDoor;
  readonly dataDirectory: string;
  readonly #parts: AsyncDisposableStack;
  readonly #tls: boolean;

  private constructor(
    parts: AsyncDisposableStack,
    source: ManualSource,
    door: FrontDoor,
    dataDirectory: string,
    tls: boolean,
  ) {
    this.#parts = parts;
    this.source = source;
    this.door = door;
    this.dataDirectory = dataDirectory;
    this.#tls = tls;
  }

  static async open(options: TestConsoleOptions = {}): Promise<TestConsole> {
    const dataDirectory = options.dataDirectory ?? temporaryDirectory();
    const clock = options.clock ?? systemClock;
    const log = silentLog;
    const parts = new AsyncDisposableStack();
    const store = parts.adopt(await openStore({ dataDirectory, clock, log }), (opened) => opened.close());
    const audit = parts.use(await AuditLog.open({ db: store.db, dataDirectory, clock, log }));
    const source = new ManualSource();
    const directory = parts.use(
      await InstanceDirectory.start({
        sources: [source],
        agentToken: AGENT_TOKEN,
        timeline: store.timeline,
        clock,
        log,
      }),
    );
    const captures = parts.use(
      await CaptureService.start({
        store,
        audit,
        instances: directory,
        sources: options.sources ?? [],
        limits: {
          running: 2,
          queued: 2,
          artifactMaxBytes: 64 * 1024 * 1024,
          artifactTotalBytes: 256 * 1024 * 1024,
          retentionDays: 14,
        },
        clock,
        log,
      }),
    );
    const heaps = parts.use(
      await HeapService.start({
        captures,
        indexDirectory: join(dataDirectory, 'heap-index'),
        limits: {
          memoryBytes: 1024 ** 3,
          indexBytes: 1024 ** 3,
        },
        programDirectory: PROGRAM,
        // On a loaded machine, tests that stand back would wait for ever.
        times: { niceness: 0 },
        log,
      }),
    );
    const actions = parts.use(await ActionService.start({ store, audit, instances: directory, clock, log }));
    const access = await ConsoleAccess.open({
      token: options.token ?? null,
      sessionsFile: join(dataDirectory, 'sessions.json'),
      encrypted: options.tls !== undefined,
      clock,
      onError: (error) => log.error(error),
    });
    const door = parts.use(
      await FrontDoor.open({
        config: {
          host: '127.0.0.1',
          port: options.port ?? 0,
          names: options.names ?? [],
          tls: options.tls ?? null,
        },
        access,
        rooms: { directory, captures, heaps, actions, audit, timeline: store.timeline },
        facts: {
          version: '0.0.0-test',
          startedAt: new Date(clock.now()).toISOString(),
          epoch: store.epoch,
          registryAddress: '127.0.0.1:0',
        },
        pages: options.pages ?? null,
        log,
      }),
    );
    const opened = new TestConsole(parts, source, door, dataDirectory, options.tls !== undefined);
    onTestFinished(() => opened[Symbol.asyncDispose]());
    return opened;
  }

  get port(): number {
    return this.door.address.port;
  }

  get origin(): string {
    return `${this.#tls ? 'https' : 'http'}://127.0.0.1:${this.port}`;
  }

  /** An agent that is found at once and connected when this resolves. */
  async connectAgent(
    script: AgentScript = {},
    headers: Record<string, string> = {},
  ): Promise<{ agent: ScriptedAgent; instance: Instance }> {
    const agent = await ScriptedAgent.start({ token: AGENT_TOKEN, ...script });
    onTestFinished(() => agent[Symbol.asyncDispose]());
    this.source.find(agent);
    const instance = await waitUntil('the agent is connected', async () => {
      const instances = (await this.send('/api/v1/instances', { headers })).json() as Instance[];
      return instances.find(
        ({ address, connection }) => address === agent.address && connection.state === 'connected',
      );
    });
    return { agent, instance };
  }

  /** A request as a program sends it, with full control over its headers. */
  send(path: string, { method = 'GET', headers = {}, body }: Sent = {}): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const request = (this.#tls ? httpsRequest : httpRequest)(
        {
          host: '127.0.0.1',
          port: this.port,
          path,
          method,
          headers: { connection: 'close', ...headers },
          ...(this.#tls ? { ca: testTls().cert } : {}),
        },
        (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('error', reject);
          response.on('end', () => {
            const whole = Buffer.concat(chunks);
            const text = whole.toString();
            resolve({
              status: response.statusCode ?? 0,
              headers: response.headers,
              body: whole,
              text,
              json: () => JSON.parse(text),
            });
          });
        },
      );
      request.on('error', reject);
      request.setTimeout(20_000, () => request.destroy(new Error(`${method} ${path} is not answered`)));
      request.end(body);
    });
  }

  /** A request that changes something, as the README shows it. */
  change(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    return this.send(path, {
      method,
      headers: { 'content-type': 'application/json', 'x-opscenter': '1', ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  }

  /** Takes a short capture of the instance and waits for its end. */
  async capture(instance: Instance, headers: Record<string, string> = {}): Promise<Capture> {
    const wish = { instanceId: instance.id, kind: 'cpu', durationSeconds: 0.05 };
    const asked = await this.change('POST', '/api/v1/captures', wish, headers);
    const { id } = asked.json() as Capture;
    return waitUntil('the capture is complete', async () => {
      const { captures } = CaptureList.parse((await this.send('/api/v1/captures', { headers })).json());
      return captures.find((capture) => capture.id === id && capture.status.state === 'complete');
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#parts.disposeAsync();
  }
}
