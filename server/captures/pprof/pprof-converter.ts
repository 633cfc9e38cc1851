import { Worker } from 'node:worker_threads';
import type { Logger } from 'pino';
import { ArtifactUnreadable, ConversionBusy } from '../../errors.ts';
import type { Artifact, Capture } from '../../http/contract/index.ts';
import type { ConversionResult, ConversionTask } from './conversion.ts';
import { hasPprofForm, periodOf, whyNoPprof } from './pprof-forms.ts';

const AT_ONCE = 2;
const WAITING = 8;
const TIMEOUT_MS = 60_000;
const MAX_MEMORY_MB = 1024;
const MAX_OUTPUT_BYTES = 256 * 1024 * 1024;

/**
 * Makes pprof out of artifacts, each in a thread of its own with limits on memory, time and output: the bytes
 * come from agents, and the worst that a hostile one can do here is to fail its own download.
 */
export class PprofConverter implements AsyncDisposable {
  readonly #log: Logger;
  readonly #threads = new Set<Worker>();
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  constructor(log: Logger) {
    this.#log = log;
  }

  /** @throws ArtifactUnreadable, ConversionBusy, the signal's reason */
  async convert(
    capture: Capture,
    artifact: Artifact,
    path: string,
    signal: AbortSignal,
  ): Promise<Uint8Array<ArrayBuffer>> {
    if (!hasPprofForm(artifact.mediaType))
      throw new ArtifactUnreadable(capture.id, whyNoPprof(artifact.mediaType));
    using _place = await this.#enter(signal);
    const result = await this.#run(toTask(capture, artifact, path), capture.id, signal);
    if (result.kind === 'unreadable') throw new ArtifactUnreadable(capture.id, result.why);
    return result.bytes;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.#threads].map((thread) => thread.terminate()));
  }

  async #run(task: ConversionTask, id: string, signal: AbortSignal): Promise<ConversionResult> {
    signal.throwIfAborted();
    const { promise, resolve, reject } = Promise.withResolvers<ConversionResult>();
    const thread = new Worker(new URL('./pprof-thread.ts', import.meta.url), {
      name: 'pprof',
      workerData: task,
      resourceLimits: { maxOldGenerationSizeMb: MAX_MEMORY_MB },
    });
    this.#threads.add(thread);
    const unreadable = (why: string) => reject(new ArtifactUnreadable(id, why));
    const timer = setTimeout(() => unreadable('it took too long'), TIMEOUT_MS);
    const abort = () => reject(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
    thread.once('message', resolve);
    thread.once('error', (error: NodeJS.ErrnoException) => {
      this.#log.warn({ err: error, capture: id }, 'a conversion failed');
      unreadable(
        error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'it needs too much memory' : 'the converter failed',
      );
    });
    thread.once('exit', () => unreadable('the converter ended'));
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

function toTask(capture: Capture, { mediaType }: Artifact, path: string): ConversionTask {
  return {
    path,
    mediaType,
    kind: capture.kind,
    period: periodOf(capture),
    startedAtMs: Date.parse(capture.requestedAt),
    program: capture.service,
    comments: [
      `service ${capture.service} ${capture.serviceVersion}`,
      `instance ${capture.instanceName} (${capture.instanceId})`,
      `capture ${capture.id}, thread ${capture.thread}`,
    ],
    maxOutputBytes: MAX_OUTPUT_BYTES,
  };
}
