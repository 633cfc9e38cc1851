import { ProfileLimitError } from '../../errors.ts';
import type { HeapMemory } from '../memory/heap-memory.ts';
import type { HeapStrings } from '../model/heap-graph.ts';
import { ByteStrings } from './byte-strings.ts';
import { PlainTexts } from './plain-texts/plain-texts.ts';
import type { TailStrings } from './snapshot-tail.ts';

const MAX_BYTES = 2 ** 32 - 1;
const FIRST_BYTES = 1 << 16;
const FIRST_STRINGS = 1 << 12;
/** Copying a few bytes one by one is cheaper than asking for it. */
const FEW_BYTES = 48;

/** By so much: the quotes and commas of short strings. */
const LITTLE_TOO_LONG = 1.25;

/** Puts the strings of a file one after another. */
export class StringRows {
  readonly #memory: HeapMemory;
  #bytes: Uint8Array;
  #usedBytes = 0;
  #start: Uint32Array;
  #length = 0;
  readonly #texts = PlainTexts.shared;

  /** @param restBytes how much of the file there still is, where its size is known: the strings are no longer than that */
  constructor(memory: HeapMemory, restBytes: number | undefined) {
    this.#memory = memory;
    this.#bytes = memory.kept.uint8(Math.min(Math.max(restBytes ?? 0, FIRST_BYTES), MAX_BYTES));
    this.#start = memory.kept.uint32(FIRST_STRINGS);
  }

  /** Those that another one has found. @throws ProfileMemoryError */
  static from(memory: HeapMemory, { length, bytes, start }: TailStrings): StringRows {
    const rows = new StringRows(memory, 0);
    for (const column of [rows.#bytes, rows.#start]) memory.release(column);
    for (const column of [bytes, start]) memory.hold(column.byteLength);
    rows.#bytes = bytes;
    rows.#usedBytes = start[length] as number;
    rows.#start = start;
    rows.#length = length;
    return rows;
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

  /** Takes texts as V8 writes most of them; see `JsonSink.takeAhead`. */
  takeAhead(chunk: Uint8Array, from: number): number {
    const texts = this.#texts;
    if (texts === undefined) return from;
    const count = texts.read(chunk, from);
    const { ends } = texts;
    const next = from + (ends[count] as number);
    if (count === 0) return next;
    const used = this.#usedBytes;
    const length = ends[count - 1] as number;
    if (used + length > this.#bytes.length) this.#growBytes(used + length);
    while (this.#length + count >= this.#start.length) this.#growStrings();
    this.#bytes.set(texts.bytes.subarray(0, length), used);
    const start = this.#start;
    let at = this.#length;
    for (let text = 0; text < count; text++) start[++at] = used + (ends[text] as number);
    this.#length = at;
    this.#usedBytes = used + length;
    return next;
  }

  finishTail(): TailStrings {
    return { length: this.#length, bytes: this.#bytes, start: this.#start };
  }

  finish(): HeapStrings {
    const bytes = new Uint8Array(this.#trim(this.#bytes, this.#usedBytes), 0, this.#usedBytes);
    const startBytes = (this.#length + 1) * Uint32Array.BYTES_PER_ELEMENT;
    const start = new Uint32Array(this.#trim(this.#start, startBytes), 0, this.#length + 1);
    return new ByteStrings(bytes, start);
  }

  /** What is a little too long is not copied for that. */
  #trim(column: Uint8Array | Uint32Array, usedBytes: number): ArrayBufferLike {
    const { buffer } = column;
    return buffer.byteLength > usedBytes * LITTLE_TOO_LONG ? this.#memory.resize(column, usedBytes) : buffer;
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
