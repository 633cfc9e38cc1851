import { Worker } from 'node:worker_threads';
import type { ToHost, ToWorker, WorkerSettings } from '../thread-contract.ts';
import { ThreadWatchdog } from './thread-watchdog.ts';

const megabytesOfHeap = 256;

export interface AgentThreadListener {
  heard(message: ToHost): void;
  /** Comes once, after the thread has ended, whatever ended it. */
  ended(reason: string): void;
}

/**
 * One life of the agent's own thread. It gets none of the service's environment and start options (a preloaded
 * module would load itself again), it can print nothing, its heap is bounded, and it does not keep the process alive.
 */
export class AgentThread {
  readonly #worker: Worker;
  readonly #watchdog: ThreadWatchdog;
  #problem: string | undefined;

  /** @throws when the runtime does not allow threads, under Node's permission model for instance. */
  constructor(settings: WorkerSettings, listener: AgentThreadListener) {
    const worker = new Worker(entryUrl(), {
      name: 'opscenter-agent',
      workerData: settings,
      env: temporaryFolderVariables(),
      execArgv: [],
      stdout: true,
      stderr: true,
      resourceLimits: { maxOldGenerationSizeMb: megabytesOfHeap, maxYoungGenerationSizeMb: 4 },
    });
    this.#worker = worker;
    this.#watchdog = new ThreadWatchdog(
      () => this.post({ type: 'are-you-there' }),
      (reason) => this.#giveUp(reason),
    );
    worker.on('message', (message: ToHost) => {
      this.#watchdog.heard();
      listener.heard(message);
    });
    worker.on('messageerror', () => {});
    worker.on('error', (error: unknown) => {
      this.#problem = error instanceof Error ? error.message : String(error);
    });
    worker.on('exit', (code) => {
      this.#watchdog[Symbol.dispose]();
      listener.ended(this.#describeEnd(code));
    });
    // Last: listening for messages makes the process wait for the thread again. Its standard streams are not read for
    // the same reason, so the thread writes nothing there (see the worker's `silence.ts`).
    worker.unref();
  }

  is(worker: Worker): boolean {
    return this.#worker === worker;
  }

  post(message: ToWorker): void {
    this.#worker.postMessage(message);
  }

  /** Holds the process until the thread has ended: only while the service itself waits for that. */
  ref(): void {
    this.#worker.ref();
  }

  async terminate(): Promise<void> {
    await this.#worker.terminate();
  }

  #giveUp(reason: string): void {
    this.#problem ??= reason;
    this.terminate().catch(() => {});
  }

  #describeEnd(code: number): string {
    return this.#problem?.slice(0, 256) ?? `it ended with code ${code}`;
  }
}

/** From the package it is JavaScript; from the sources, which Node 24 runs as they are, TypeScript. */
function entryUrl(): URL {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  return new URL(`../worker/main.${extension}`, import.meta.url);
}

function temporaryFolderVariables(): NodeJS.ProcessEnv {
  const names = ['TMPDIR', 'TMP', 'TEMP'];
  return Object.fromEntries(names.map((name) => [name, process.env[name]]).filter(([, value]) => value));
}
