import { ProfileLimitError } from '../../errors.ts';
import type { HeapMemory } from '../memory/heap-memory.ts';
import type { HeapStrings } from '../model/heap-graph.ts';
import { ByteStrings } from './byte-strings.ts';
import type { TailStrings } from './snapshot-tail.ts';

const MAX_BYTES = 2 ** 32 - 1;
const FIRST_BYTES = 1 << 16;
const FIRST_STRINGS = 1 << 12;
const QUOTE = 0x22;
const COMMA = 0x2c;
const BACKSLASH = 0x5c;
const LINE_END = 0x0a;
/** How many are read in one go: what is called often is compiled better than what loops for long. */
const TEXTS_AT_ONCE = 1 << 10;
/** The quote at the end of a text, the comma and the end of the line. */
const AFTER_TEXT_BYTES = 3;
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

  /** Takes texts as V8 writes them, without escapes; see `JsonSink.takeAhead`. */
  takeAhead(chunk: Uint8Array, from: number): number {
    const needed = this.#usedBytes + chunk.length - from;
    if (needed > MAX_BYTES) return from;
    if (needed > this.#bytes.length) this.#growBytes(needed);
    if (this.#length + TEXTS_AT_ONCE >= this.#start.length) this.#growStrings();
    const into = this.#bytes;
    const start = this.#start;
    const end = chunk.length - AFTER_TEXT_BYTES;
    const last = this.#length + TEXTS_AT_ONCE;
    let length = this.#length;
    let begin = from;
    let used = this.#usedBytes;
    while (length < last && chunk[begin] === QUOTE) {
      let at = begin + 1;
      let to = used;
      let byte = 0;
      // Copied as it is looked at: a text that turns out to be no plain one is written over.
      while (at < end) {
        byte = chunk[at] as number;
        if (byte < 0x20 || byte === QUOTE || byte === BACKSLASH) break;
        into[to++] = byte;
        at++;
      }
      if (byte !== QUOTE || chunk[at + 1] !== COMMA) break;
      used = to;
      start[++length] = used;
      begin = at + (chunk[at + 2] === LINE_END ? 3 : 2);
    }
    this.#usedBytes = used;
    this.#length = length;
    return begin;
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
