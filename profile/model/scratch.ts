import type { Counts } from './add-up.ts';

/** What is kept for the next computation at most; a tree of a million rows takes half of it. */
const MOST_KEPT_BYTES = 96 << 20;
const PAGE_BYTES = 4096;
/** Memory this many times too large is kept for what needs it. */
const FAR_TOO_LARGE = 4;

/** The last given back stands last. */
const kept: ArrayBuffer[] = [];
let keptBytes = 0;

/**
 * Columns that are done with when a computation ends, and whose memory the next one has again: pages that are new to the process
 * cost more than most of what is computed in them. All are zero at first. Once they are given back they are another's, so they must
 * not be part of a result; what is never given back is memory like any other.
 */
export class Scratch {
  readonly #lent: ArrayBuffer[] = [];

  int32(length: number): Int32Array {
    return new Int32Array(this.#borrow(length * 4), 0, length).fill(0);
  }

  uint32(length: number): Uint32Array {
    return new Uint32Array(this.#borrow(length * 4), 0, length).fill(0);
  }

  float64(length: number): Float64Array {
    return new Float64Array(this.#borrow(length * 8), 0, length).fill(0);
  }

  /** As wide as these. */
  like(counts: Counts, length: number): Counts {
    return counts instanceof Uint32Array ? this.uint32(length) : this.float64(length);
  }

  giveBack(): void {
    for (const buffer of this.#lent.splice(0)) {
      kept.push(buffer);
      keptBytes += buffer.byteLength;
    }
    while (keptBytes > MOST_KEPT_BYTES) keptBytes -= (kept.shift() as ArrayBuffer).byteLength;
  }

  #borrow(bytes: number): ArrayBuffer {
    const at = kept.findLastIndex(
      ({ byteLength }) => byteLength >= bytes && byteLength <= Math.max(bytes * FAR_TOO_LARGE, PAGE_BYTES),
    );
    const [found] = at < 0 ? [] : kept.splice(at, 1);
    if (found) keptBytes -= found.byteLength;
    const buffer = found ?? new ArrayBuffer(Math.max(1, Math.ceil(bytes / PAGE_BYTES)) * PAGE_BYTES);
    this.#lent.push(buffer);
    return buffer;
  }
}
