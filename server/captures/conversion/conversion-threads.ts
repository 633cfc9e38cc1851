import { Worker } from 'node:worker_threads';
import type { Logger } from 'pino';
import { ArtifactUnreadable, ConversionBusy } from '../../errors.ts';

const AT_ONCE = 2;
const WAITING = 8;
const TIMEOUT_MS = 60_000;
const MAX_MEMORY_MB = 1024;

/** What a converter's thread answers with, once. */
export type ConversionResult =
  | { kind: 'converted'; bytes: Uint8Array<ArrayBuffer> }
  /** The artifact is at fault; a sentence. */
  | { kind: 'unreadable'; why: string };

/** A thread gave no answer. */
export class ThreadFailed extends Error {
  /** Goes on after "because": it took too long. */
  readonly why: string;

  constructor(why: string) {
    super(`A thread gave no answer: ${why}.`);
    this.why = why;
  }
}

/**
 * Has artifacts converted, each in a thread of its own with limits on memory and time: the bytes come from agents, and
 * the worst that a hostile one can do here is to fail its own download.
 */
export class ConversionThreads implements AsyncDisposable {
  readonly #log: Logger;
  readonly #threads = new Set<Worker>();
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  constructor(log: Logger) {
    this.#log = log;
  }

  /**
   * @param task becomes the thread's `workerData`
   * @throws ArtifactUnreadable, ConversionBusy, the signal's reason
   */
  async convert(
    script: URL,
    task: object,
    captureId: string,
    signal: AbortSignal,
  ): Promise<Uint8Array<ArrayBuffer>> {
    const result = await this.ask<ConversionResult>(script, task, captureId, signal).catch((error) => {
      throw error instanceof ThreadFailed ? new ArtifactUnreadable(captureId, error.why) : error;
    });
    if (result.kind === 'unreadable') throw new ArtifactUnreadable(captureId, result.why);
    return result.bytes;
  }

  /**
   * The one message that the script answers with.
   *
   * @param task becomes the thread's `workerData`
   * @throws ThreadFailed, ConversionBusy, the signal's reason
   */
  async ask<Answer>(script: URL, task: object, captureId: string, signal: AbortSignal): Promise<Answer> {
    using _place = await this.#enter(signal);
    return await this.#run<Answer>(script, task, captureId, signal);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.#threads].map((thread) => thread.terminate()));
  }

  async #run<Answer>(script: URL, task: object, id: string, signal: AbortSignal): Promise<Answer> {
    signal.throwIfAborted();
    const { promise, resolve, reject } = Promise.withResolvers<Answer>();
    const thread = new Worker(script, {
      name: 'conversion',
      workerData: task,
      resourceLimits: { maxOldGenerationSizeMb: MAX_MEMORY_MB },
    });
    this.#threads.add(thread);
    const failed = (why: string) => reject(new ThreadFailed(why));
    const timer = setTimeout(() => failed('it took too long'), TIMEOUT_MS);
    const abort = () => reject(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
    thread.once('message', resolve);
    thread.once('error', (error: NodeJS.ErrnoException) => {
      this.#log.warn({ err: error, capture: id }, 'a conversion failed');
      failed(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'it needs too much memory' : 'the converter failed');
    });
    thread.once('exit', () => failed('the converter ended'));
    try {
      return await promise;
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
      this.#threads.delete(thread);
      await thread.terminate();
    }
  }

  async #enter(signal: AbortSignal): Promise<Disposable> {
    if (this.#running >= AT_ONCE) {
      if (this.#waiting.length >= WAITING) throw new ConversionBusy();
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    } else this.#running++;
    const leave = () => {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#running--;
    };
    if (signal.aborted) {
      leave();
      signal.throwIfAborted();
    }
    return { [Symbol.dispose]: leave };
  }
}
