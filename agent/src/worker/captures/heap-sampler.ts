import type { ThreadDirectory } from '../inspector/thread-directory.ts';
import { within } from '../within.ts';

const mib = 1024 * 1024;
/** Marking a heap of small objects, a guess until it was measured here; a heap of large ones is quicker. */
const guessedMsPerMib = 1.5;
const lookLimitMs = 250;

/** V8's sampler of allocations, which two kinds use, and what its end costs. */
export class HeapSampler {
  readonly #threads: ThreadDirectory;
  #usedBytes = 0;
  #msPerMib = guessedMsPerMib;

  constructor(threads: ThreadDirectory) {
    this.#threads = threads;
  }

  /** How long the collection of garbage at the end is expected to stop the main thread. */
  get endPauseMs(): number {
    return Math.max(5, (this.#usedBytes / mib) * this.#msPerMib);
  }

  /** How large the main thread's heap is now. Never throws. */
  async look(): Promise<void> {
    try {
      using session = await this.#threads.open('main', AbortSignal.timeout(lookLimitMs));
      const usage = await within(lookLimitMs, session.post('Runtime.getHeapUsage'));
      if (usage) this.#usedBytes = (usage as { usedSize: number }).usedSize;
    } catch {
      // No inspector here: what was known stays.
    }
  }

  /** What the end of a recording of the main thread has really cost. */
  learn(endPauseMs: number): void {
    if (this.#usedBytes > 8 * mib) this.#msPerMib = endPauseMs / (this.#usedBytes / mib);
  }
}
