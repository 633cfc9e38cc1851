import { ProfileLimitError } from '../errors.ts';
import type { Bytes, IndexIntoStringTable } from './profile.ts';

const EMPTY = -1;

/**
 * Gives equal byte strings equal numbers without making a JavaScript string for each: a profile repeats a few
 * thousand names millions of times. Open addressing over FNV-1a (http://www.isthe.com/chongo/tech/comp/fnv/), seeded
 * so that a file cannot be made to collide.
 */
export class ByteStringTable {
  #bytes = new Uint8Array(1 << 16);
  #usedBytes = 0;
  #ends = new Uint32Array(1 << 10);
  #length = 0;
  #slots = new Int32Array(1 << 12).fill(EMPTY);
  readonly #seed = (Math.random() * 0x7fffffff) | 0;
  readonly #maxBytes: Bytes;

  constructor(maxBytes: Bytes) {
    this.#maxBytes = maxBytes;
  }

  /** How many there are. */
  get length(): number {
    return this.#length;
  }

  /** The number of the bytes from `start` to `end`, given out densely from 0 in the order of first sight. */
  intern(bytes: Uint8Array, start: number, end: number): IndexIntoStringTable {
    const mask = this.#slots.length - 1;
    let slot = this.#hash(bytes, start, end) & mask;
    for (;;) {
      const candidate = this.#slots[slot] as number;
      if (candidate === EMPTY) return this.#add(bytes, start, end, slot);
      if (this.#equals(candidate, bytes, start, end)) return candidate;
      slot = (slot + 1) & mask;
    }
  }

  /** All strings by number; bytes that are not UTF-8 become U+FFFD. */
  toStrings(): string[] {
    const decoder = new TextDecoder();
    const strings: string[] = [];
    for (let index = 0; index < this.#length; index++) {
      strings.push(decoder.decode(this.#bytes.subarray(this.#startOf(index), this.#ends[index])));
    }
    return strings;
  }

  /** All strings one after another, and where each ends. The table must not be added to afterwards. */
  toBytes(): { bytes: Uint8Array; ends: Uint32Array } {
    return { bytes: this.#bytes.slice(0, this.#usedBytes), ends: this.#ends.slice(0, this.#length) };
  }

  #startOf(index: number): number {
    return index === 0 ? 0 : (this.#ends[index - 1] as number);
  }

  #hash(bytes: Uint8Array, start: number, end: number): number {
    let hash = 0x811c9dc5 ^ this.#seed;
    for (let at = start; at < end; at++) hash = Math.imul(hash ^ (bytes[at] as number), 0x01000193);
    return hash ^ (hash >>> 15);
  }

  #equals(index: number, bytes: Uint8Array, start: number, end: number): boolean {
    const from = this.#startOf(index);
    if ((this.#ends[index] as number) - from !== end - start) return false;
    for (let at = start; at < end; at++) {
      if (this.#bytes[from + at - start] !== bytes[at]) return false;
    }
    return true;
  }

  #add(bytes: Uint8Array, start: number, end: number, slot: number): number {
    const needed = this.#usedBytes + end - start;
    if (needed > this.#maxBytes) throw new ProfileLimitError('bytes of distinct names', this.#maxBytes);
    if (needed > this.#bytes.length) {
      this.#bytes = new Uint8Array(this.#bytes.buffer.transfer(Math.max(needed, this.#bytes.length * 2)));
    }
    if (this.#length === this.#ends.length) {
      this.#ends = new Uint32Array(this.#ends.buffer.transfer(this.#ends.byteLength * 2));
    }
    this.#bytes.set(bytes.subarray(start, end), this.#usedBytes);
    this.#usedBytes = needed;
    this.#ends[this.#length] = needed;
    this.#slots[slot] = this.#length;
    this.#length++;
    if (this.#length * 2 > this.#slots.length) this.#rehash();
    return this.#length - 1;
  }

  #rehash(): void {
    const slots = new Int32Array(this.#slots.length * 2).fill(EMPTY);
    const mask = slots.length - 1;
    for (let index = 0; index < this.#length; index++) {
      let slot = this.#hash(this.#bytes, this.#startOf(index), this.#ends[index] as number) & mask;
      while (slots[slot] !== EMPTY) slot = (slot + 1) & mask;
      slots[slot] = index;
    }
    this.#slots = slots;
  }
}
