import { Worker } from 'node:worker_threads';
import type { ToHost, ToWorker, WorkerSettings } from '../thread-contract.ts';

const megabytesOfHeap = 256;
const tailCharacters = 2048;

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
  #problem: string | undefined;
  #errorTail = '';

  /** @throws when the runtime does not allow threads, under Node's permission model for instance. */
  constructor(settings: WorkerSettings, listener: AgentThreadListener) {
    const worker = new Worker(entryUrl(), {
      name: 'opscenter-agent',
      workerData: settings,
      env: temporaryFolderVariables(),
      execArgv: [],
      stdout: true,
      stderr: true,
      resourceLimits: { maxOldGenerationSizeMb: megabytesOfHeap, maxYoungGenerationSizeMb: 16 },
    });
    this.#worker = worker;
    worker.unref();
    worker.stdout.resume();
    worker.stderr.on('data', (text: Buffer) => {
      this.#errorTail = (this.#errorTail + text.toString()).slice(-tailCharacters);
    });
    worker.on('message', (message: ToHost) => listener.heard(message));
    worker.on('messageerror', () => {});
    worker.on('error', (error: unknown) => {
      this.#problem = error instanceof Error ? error.message : String(error);
    });
    worker.on('exit', (code) => listener.ended(this.#describeEnd(code)));
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

  #describeEnd(code: number): string {
    const detail = this.#problem ?? this.#errorTail.trim().split('\n').at(-1) ?? '';
    return detail === '' ? `it ended with code ${code}` : detail.slice(0, 256);
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
