import type { ThreadMemory } from '../../../in-thread/memory.ts';

const rememberMs = 600_000;
const freshMs = 10_000;

/**
 * The readings of one thread's heap. What it has in use holds garbage until the next collection, several times what lives when
 * a heap is large; a snapshot begins with a collection, so the least of the last minutes tells more than the last one.
 */
export class HeapFloor {
  readonly #now: () => number;
  #readings: { atMs: number; memory: ThreadMemory }[] = [];

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** Undefined before the first reading. */
  get least(): ThreadMemory | undefined {
    return this.#readings.reduce<ThreadMemory | undefined>(
      (least, { memory }) => (least && smallBytesOf(least) <= smallBytesOf(memory) ? least : memory),
      undefined,
    );
  }

  /** Whether the last reading tells of now. */
  get isFresh(): boolean {
    const last = this.#readings.at(-1);
    return last !== undefined && this.#now() - last.atMs < freshMs;
  }

  take(memory: ThreadMemory): void {
    const nowMs = this.#now();
    this.#readings = this.#readings.filter(({ atMs }) => nowMs - atMs < rememberMs);
    this.#readings.push({ atMs: nowMs, memory });
  }
}

/** What is not in large objects: it makes the number of objects. */
export function smallBytesOf({ usedBytes, largeObjectBytes }: ThreadMemory): number {
  return Math.max(0, usedBytes - largeObjectBytes);
}
