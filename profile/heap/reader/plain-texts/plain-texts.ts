import { makeOnce } from '../web-assembly.ts';
import { PLAIN_TEXTS_MODULE } from './plain-texts-module.ts';

interface Exports {
  readonly memory: WebAssembly.Memory;
  read(texts: number, ends: number): number;
}

const MOST_BYTES = 1 << 18;
/** 16 bytes are looked at together. */
const ZEROS_BEHIND = 64;
const TEXTS_AT = MOST_BYTES + ZEROS_BEHIND;
const ENDS_AT = TEXTS_AT + MOST_BYTES + ZEROS_BEHIND;
/** Two quotes and a comma are the shortest. */
const MOST_TEXTS = Math.floor(MOST_BYTES / 3);
const FEW_BYTES = 1 << 9;

/**
 * Reads texts as V8 writes the strings of a snapshot: in quotes, each with a comma after it and perhaps the end of the line.
 * One with the escape of a surrogate is left to others. As with `PlainRows`, it is WebAssembly for its instructions that look at 16 bytes at once.
 */
export class PlainTexts {
  static readonly #shared = makeOnce(PLAIN_TEXTS_MODULE, (exports: Exports) => new PlainTexts(exports));
  /** Where each ends in `bytes`; behind the last, where the next would begin, counted from where reading began. */
  readonly ends: Uint32Array;
  /** All of them, one after another. */
  readonly bytes: Uint8Array;
  readonly #file: Uint8Array;
  readonly #read: Exports['read'];
  /** How much is given to it at once: little where little of that was such texts the last time. */
  #length = FEW_BYTES;

  private constructor({ memory, read }: Exports) {
    this.#read = read;
    this.#file = new Uint8Array(memory.buffer, 0, TEXTS_AT);
    this.bytes = new Uint8Array(memory.buffer, TEXTS_AT, MOST_BYTES);
    this.ends = new Uint32Array(memory.buffer, ENDS_AT, MOST_TEXTS + 1);
  }

  /** One for all in a thread, as is `PlainRows.shared`; undefined where no WebAssembly may run. */
  static get shared(): PlainTexts | undefined {
    return PlainTexts.#shared();
  }

  /**
   * Fills `bytes` and `ends` with the texts that stand in a chunk one after another.
   *
   * @param from where one begins
   * @returns how many; there may be more behind them
   */
  read(chunk: Uint8Array, from: number): number {
    const length = Math.min(this.#length, chunk.length - from);
    this.#file.set(chunk.subarray(from, from + length));
    this.#file.fill(0, length, length + ZEROS_BEHIND);
    const count = this.#read(TEXTS_AT, ENDS_AT);
    const isMost = (this.ends[count] as number) > length / 2;
    this.#length = isMost ? Math.min(MOST_BYTES, this.#length * 8) : FEW_BYTES;
    return count;
  }
}
