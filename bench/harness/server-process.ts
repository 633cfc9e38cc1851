import { type ChildProcess, fork } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import nodeFlags from '../../server/node-flags.json' with { type: 'json' };

export const AGENT_TOKEN = 'bench-agent-token-0123456789abcdef';
const START_BUDGET_MS = 60_000;
const STOP_BUDGET_MS = 5_000;

const Ready = z.object({
  ready: z.literal(true),
  http: z.object({ host: z.string(), port: z.int() }),
  registryAddress: z.string(),
});

interface ServerOptions {
  pages: boolean;
  compression?: boolean;
}

/** The real server in a process and a data folder of its own, on free ports. */
export class ServerProcess implements AsyncDisposable {
  readonly #child: ChildProcess;
  readonly #dataDirectory: string;
  readonly origin: string;
  readonly registryAddress: string;

  private constructor(child: ChildProcess, dataDirectory: string, ready: z.infer<typeof Ready>) {
    this.#child = child;
    this.#dataDirectory = dataDirectory;
    this.origin = `http://${ready.http.host}:${ready.http.port}`;
    this.registryAddress = ready.registryAddress;
  }

  /**
   * `pages`: with the dashboard, which must have been built. `compression`: artifacts travel packed although over
   * loopback.
   */
  static async start({ pages, compression = false }: ServerOptions): Promise<ServerProcess> {
    const dataDirectory = await mkdtemp(join(tmpdir(), 'opscenter-bench-'));
    const child = fork(fileURLToPath(new URL('../../server/main.ts', import.meta.url)), [], {
      execArgv: nodeFlags,
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      env: {
        ...process.env,
        NODE_ENV: 'production',
        OPSCENTER_DATA: dataDirectory,
        OPSCENTER_HTTP_PORT: '0',
        OPSCENTER_GRPC_PORT: '0',
        OPSCENTER_AGENT_TOKEN: AGENT_TOKEN,
        OPSCENTER_PAGES: pages ? 'on' : 'off',
        OPSCENTER_COMPRESSION: compression ? 'on' : 'auto',
        OPSCENTER_LOG_LEVEL: 'silent',
      },
    });
    const ready = await new Promise((resolve, reject) => {
      setTimeout(() => reject(new Error('The server did not start in time')), START_BUDGET_MS).unref();
      child.once('message', resolve);
      child.once('exit', (code) => reject(new Error(`The server ended with ${code} instead of starting`)));
    });
    return new ServerProcess(child, dataDirectory, Ready.parse(ready));
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** @throws {Error} with the answer's text when it is no success. */
  async call(method: 'GET' | 'POST' | 'DELETE', path: string, body?: unknown): Promise<unknown> {
    const response = await fetch(`${this.origin}${path}`, {
      method,
      headers: { 'x-opscenter': '1', ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(30_000),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} was answered with ${response.status}: ${text}`);
    return response.headers.get('content-type')?.includes('json') ? JSON.parse(text) : text;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const ended = new Promise((resolve) => this.#child.once('exit', resolve));
    if (this.#child.exitCode === null && this.#child.signalCode === null) {
      this.#child.kill('SIGTERM');
      const force = setTimeout(() => this.#child.kill('SIGKILL'), STOP_BUDGET_MS);
      await ended;
      clearTimeout(force);
    }
    await rm(this.#dataDirectory, { recursive: true, force: true });
  }
}
