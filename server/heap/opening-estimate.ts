import type { HeapProgress } from '#profile/heap/model/heap-graph.ts';

/** What follows takes about so many times as long as reading did, on large snapshots. */
const AFTER_READING = 3;
const READING_SHARE = 1 / (1 + AFTER_READING);
/** Before that much is done, and that much time has gone, a forecast would be a guess. */
const LEAST_SHARE = 0.02;
const LEAST_MS = 500;
/** Nothing is done before it is. */
const ALMOST = 0.99;

/** How far an opening is, and how long it may still take at the pace so far. */
export class OpeningEstimate {
  readonly #startedAt: number;
  #readAt: number | undefined;
  /** Never back: a bar that did would say that something went wrong. */
  #share = 0;

  /** @param startedAt in ms of a clock that only goes forward */
  constructor(startedAt: number) {
    this.#startedAt = startedAt;
  }

  heed({ phase }: HeapProgress, now: number): void {
    if (phase !== 'reading') this.#readAt ??= now;
  }

  toShare(progress: HeapProgress, now: number): { share: number; remainingMs: number | null } {
    this.#share = Math.min(ALMOST, Math.max(this.#share, this.#toWhole(progress, now)));
    const goneMs = now - this.#startedAt;
    const isGuess = this.#share < LEAST_SHARE || goneMs < LEAST_MS;
    const remainingMs = Math.round((goneMs / this.#share) * (1 - this.#share));
    return { share: this.#share, remainingMs: isGuess ? null : remainingMs };
  }

  /** The steps after reading differ too much to be told apart by what they say: their time is told by that of reading. */
  #toWhole({ share }: HeapProgress, now: number): number {
    if (this.#readAt === undefined) return READING_SHARE * share;
    const readingMs = Math.max(1, this.#readAt - this.#startedAt);
    const after = Math.min(1, (now - this.#readAt) / (readingMs * AFTER_READING));
    return READING_SHARE + (1 - READING_SHARE) * after;
  }
}
