import { makeOnce } from '../web-assembly.ts';
import { PLAIN_NUMBERS_MODULE } from './plain-numbers-module.ts';

interface Exports {
  readonly memory: WebAssembly.Memory;
  read(end: number, values: number, begins: number): number;
  count(end: number, next: number): number;
}

const MOST_BYTES = 1 << 18;
/** 64 bytes are looked at together, and eight from where the last number begins. */
const ZEROS_BEHIND = 128;
const VALUES_AT = MOST_BYTES + ZEROS_BEHIND;
/** A digit and a comma are the shortest. */
const MOST_NUMBERS = MOST_BYTES / 2;
const BEGINS_AT = VALUES_AT + MOST_NUMBERS * Uint32Array.BYTES_PER_ELEMENT;
const FEW_BYTES = 1 << 9;

/**
 * Reads numbers as V8 writes the rows of a snapshot: digits and a comma, in older versions with the end of a line between them. Nine
 * of ten bytes of a snapshot are such numbers, a gigabyte has two hundred million. It is WebAssembly for its instructions that look at
 * 16 bytes at once, which JavaScript has none of; what the numbers mean is left to whoever asked for them.
 */
export class PlainNumbers {
  static readonly #shared = makeOnce(PLAIN_NUMBERS_MODULE, (exports: Exports) => new PlainNumbers(exports));
  readonly values: Uint32Array;
  /** Where each begins, counted from where reading began; behind the last, where the next would begin. */
  readonly begins: Uint32Array;
  readonly #text: Uint8Array;
  readonly #read: Exports['read'];
  readonly #count: Exports['count'];
  /** How much is given to it at once: little where little of that was such numbers the last time. */
  #bytes = FEW_BYTES;

  private constructor({ memory, read, count }: Exports) {
    this.#read = read;
    this.#count = count;
    this.#text = new Uint8Array(memory.buffer, 0, VALUES_AT);
    this.values = new Uint32Array(memory.buffer, VALUES_AT, MOST_NUMBERS);
    this.begins = new Uint32Array(memory.buffer, BEGINS_AT, MOST_NUMBERS + 1);
  }

  /**
   * One for all in a thread: what it has read is to be taken before anybody else reads. Undefined where no WebAssembly may run:
   * numbers are read one by one there.
   */
  static get shared(): PlainNumbers | undefined {
    return PlainNumbers.#shared();
  }

  /**
   * Fills `values` and `begins` with the numbers that stand in a chunk one after another, each with its comma.
   *
   * @returns how many; there may be more behind them, as 64 bytes with anything else among them are not read
   */
  read(chunk: Uint8Array, from: number): number {
    const length = this.#take(chunk, from, this.#bytes);
    const count = this.#read(length, VALUES_AT, BEGINS_AT);
    const isAll = length - (this.begins[count] as number) < FEW_BYTES / 2;
    this.#bytes = isAll ? Math.min(MOST_BYTES, this.#bytes * 8) : FEW_BYTES;
    return count;
  }

  /**
   * Counts commas for as long as there are only digits, commas and ends of lines.
   *
   * @returns how many, and where anything else may begin: less than 64 bytes before it does, or before the chunk ends
   */
  countCommas(chunk: Uint8Array): { count: number; next: number } {
    let count = 0;
    let next = 0;
    for (let read = MOST_BYTES; read === MOST_BYTES; next += read) {
      const length = this.#take(chunk, next, MOST_BYTES);
      count += this.#count(length, BEGINS_AT);
      read = Math.min(this.begins[0] as number, length);
    }
    return { count, next };
  }

  /** @returns how many bytes it has from there on */
  #take(chunk: Uint8Array, from: number, most: number): number {
    const length = Math.min(most, chunk.length - from);
    this.#text.set(chunk.subarray(from, from + length));
    this.#text.fill(0, length, length + ZEROS_BEHIND);
    return length;
  }
}
