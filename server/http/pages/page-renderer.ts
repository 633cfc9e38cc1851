import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { FastifyBaseLogger } from 'fastify';
import { z } from 'zod';
import type { Pages, PagesState } from './pages.ts';

const RENDERER = fileURLToPath(new URL('renderer.ts', import.meta.url));
const FIRST_DELAY_MS = 250;
const LONGEST_DELAY_MS = 10_000;
/** A renderer that lived this long was well: the next start is tried at once again. */
const STEADY_MS = 30_000;
const START_TIMEOUT_MS = 30_000;
const STOP_TIMEOUT_MS = 1500;
const LINE_LENGTH = 2000;

/** The environment that the renderer sees. No setting of ours is among it: it holds no secret and knows no path. */
const PASSED_ENVIRONMENT = ['PATH', 'HOME', 'TMPDIR', 'LANG', 'LC_ALL', 'TZ'];

/** What the renderer may read, below its directory. Next insists on looking for the files of environments. */
const READABLE = [
  '.next',
  'node_modules',
  'package.json',
  'public',
  'static',
  '.env',
  '.env.local',
  '.env.production',
  '.env.production.local',
];

const Announcement = z.object({ port: z.int().min(1).max(65_535) });

export interface PageRendererOptions {
  /** Where the application and its build (.next) lie. */
  readonly directory: string;
  readonly log: FastifyBaseLogger;
  /** The program to run; tests put others in the place of Next.js. */
  readonly entry?: string;
}

/** Keeps Next.js running as a child process, with growing pauses between starts that fail. */
export class PageRenderer implements Pages, AsyncDisposable {
  readonly #options: PageRendererOptions;
  readonly #stopping = new AbortController();
  readonly #supervision: Promise<void>;
  #child: ChildProcess | undefined;
  #state: PagesState = { is: 'starting' };

  static start(options: PageRendererOptions): PageRenderer {
    return new PageRenderer(options);
  }

  private constructor(options: PageRendererOptions) {
    this.#options = options;
    this.#supervision = this.#supervise();
  }

  get state(): PagesState {
    return this.#state;
  }

  /** The renderer's process, while there is one. */
  get pid(): number | undefined {
    return this.#child?.pid;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stopping.abort();
    await this.#supervision;
  }

  async #supervise(): Promise<void> {
    const { signal } = this.#stopping;
    let delayMs = FIRST_DELAY_MS;
    while (!signal.aborted) {
      if (!existsSync(join(this.#options.directory, '.next', 'BUILD_ID'))) {
        this.#state = { is: 'down', why: 'the dashboard is not built (npm start builds it)' };
        await sleep(1000, undefined, { signal }).catch(() => {});
        continue;
      }
      const startedAt = performance.now();
      await this.#runOnce();
      if (signal.aborted) return;
      if (performance.now() - startedAt > STEADY_MS) delayMs = FIRST_DELAY_MS;
      this.#options.log.warn({ delayMs }, 'the page renderer ended; it is started again');
      await sleep(delayMs, undefined, { signal }).catch(() => {});
      delayMs = Math.min(delayMs * 2, LONGEST_DELAY_MS);
      this.#state = { is: 'starting' };
    }
  }

  /** From one start of the child to its end. */
  async #runOnce(): Promise<void> {
    const directory = realpathSync(this.#options.directory);
    const child = spawn(process.execPath, toArguments(directory, this.#options.entry ?? RENDERER), {
      cwd: directory,
      env: toEnvironment(process.env, directory),
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.#child = child;
    this.#logLines(child.stdout);
    this.#logLines(child.stderr);
    child.on('message', (message) => {
      const announced = Announcement.safeParse(message);
      if (!announced.success) return;
      clearTimeout(tooSlow);
      this.#state = { is: 'ready', origin: `http://127.0.0.1:${announced.data.port}` };
    });
    const tooSlow = setTimeout(() => child.kill('SIGKILL'), START_TIMEOUT_MS);
    const stop = () => {
      child.kill('SIGTERM');
      setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS).unref();
    };
    this.#stopping.signal.addEventListener('abort', stop, { once: true });
    try {
      await endOf(child);
    } finally {
      clearTimeout(tooSlow);
      this.#stopping.signal.removeEventListener('abort', stop);
      this.#child = undefined;
      this.#state = { is: 'down', why: 'the page renderer ended and is started again' };
    }
  }

  #logLines(output: Readable | null): void {
    if (!output) return;
    createInterface({ input: output }).on('line', (line) => {
      if (line.trim() !== '') this.#options.log.info({ from: 'renderer' }, line.slice(0, LINE_LENGTH));
    });
  }
}

/**
 * The renderer is a large piece of other people's code that answers strangers' requests, so it may read the build and the
 * libraries and nothing else: no other process's environment, no data directory; it may write nothing and start nothing
 * (https://nodejs.org/api/permissions.html).
 */
function toArguments(directory: string, program: string): string[] {
  const readable = READABLE.flatMap((path) => {
    const full = join(directory, path);
    return existsSync(full) ? [full, realpathSync(full)] : [full];
  });
  const entry = realpathSync(program);
  const grants = [...new Set([...readable, entry])].map((path) => `--allow-fs-read=${path}`);
  return ['--permission', ...grants, entry, directory];
}

function toEnvironment(own: NodeJS.ProcessEnv, directory: string): NodeJS.ProcessEnv {
  const passed = Object.fromEntries(PASSED_ENVIRONMENT.map((name) => [name, own[name]]));
  return {
    ...passed,
    NODE_ENV: 'production',
    NEXT_TELEMETRY_DISABLED: '1',
    // Otherwise Next looks for the root of the repository in every directory above, which it may not read.
    NEXT_PRIVATE_OUTPUT_TRACE_ROOT: directory,
  };
}

/** Resolves when the process has ended or could not be started. */
async function endOf(child: ChildProcess): Promise<void> {
  await Promise.race([once(child, 'exit'), once(child, 'error').catch(() => {})]).catch(() => {});
}
