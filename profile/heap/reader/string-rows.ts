import { ProfileLimitError } from '../../errors.ts';
import type { HeapMemory } from '../memory/heap-memory.ts';
import type { HeapStrings } from '../model/heap-graph.ts';
import { ByteStrings } from './byte-strings.ts';

const MAX_BYTES = 2 ** 32 - 1;
const FIRST_BYTES = 1 << 16;
const FIRST_STRINGS = 1 << 12;
/** Copying a few bytes one by one is cheaper than asking for it. */
const FEW_BYTES = 48;

/** Puts the strings of a file one after another. */
export class StringRows {
  readonly #memory: HeapMemory;
  #bytes: Uint8Array<ArrayBuffer>;
  #usedBytes = 0;
  #start: Uint32Array<ArrayBuffer>;
  #length = 0;

  /** @param restBytes how much of the file there still is, where its size is known: the strings are no longer than that */
  constructor(memory: HeapMemory, restBytes: number | undefined) {
    this.#memory = memory;
    this.#bytes = memory.uint8(Math.min(Math.max(restBytes ?? 0, FIRST_BYTES), MAX_BYTES));
    this.#start = memory.uint32(FIRST_STRINGS);
  }

  get length(): number {
    return this.#length;
  }

  add(bytes: Uint8Array, start: number, end: number): void {
    const used = this.#usedBytes;
    const needed = used + end - start;
    if (needed > this.#bytes.length) this.#growBytes(needed);
    if (this.#length + 1 === this.#start.length) this.#growStrings();
    if (end - start <= FEW_BYTES) {
      const into = this.#bytes;
      for (let at = start, to = used; at < end; at++, to++) into[to] = bytes[at] as number;
    } else this.#bytes.set(bytes.subarray(start, end), used);
    this.#usedBytes = needed;
    this.#start[++this.#length] = needed;
  }

  finish(): HeapStrings {
    const memory = this.#memory;
    this.#bytes = new Uint8Array(memory.resize(this.#bytes, this.#usedBytes));
    this.#start = new Uint32Array(memory.resize(this.#start, (this.#length + 1) * 4));
    return new ByteStrings(this.#bytes, this.#start);
  }

  #growBytes(needed: number): void {
    if (needed > MAX_BYTES) throw new ProfileLimitError('bytes of strings', MAX_BYTES);
    const length = Math.min(MAX_BYTES, Math.max(needed, this.#bytes.length * 2));
    this.#bytes = new Uint8Array(this.#memory.resize(this.#bytes, length));
  }

  #growStrings(): void {
    this.#start = new Uint32Array(this.#memory.resize(this.#start, this.#start.byteLength * 2));
  }
}
