import { ProfileLimitError } from '../errors.ts';
import type { Bytes } from '../model/profile.ts';

const NEWLINE = 0x0a;

/** Is given each line without its end; the bytes stay as they are until the chunk is done with. */
type TakeLine = (bytes: Uint8Array, start: number, end: number) => void;

/** Cuts what arrives in chunks into lines; only one that a chunk's end cuts is copied. */
export class LineSplitter {
  readonly #take: TakeLine;
  readonly #maxLineBytes: Bytes;
  #rest = new Uint8Array(1 << 12);
  #restLength = 0;

  constructor(take: TakeLine, maxLineBytes: Bytes) {
    this.#take = take;
    this.#maxLineBytes = maxLineBytes;
  }

  push(chunk: Uint8Array): void {
    let start = 0;
    for (;;) {
      const end = chunk.indexOf(NEWLINE, start);
      if (end < 0) break;
      if (this.#restLength === 0) this.#take(chunk, start, end);
      else this.#takeWithRest(chunk, start, end);
      start = end + 1;
    }
    this.#keep(chunk, start, chunk.length);
  }

  end(): void {
    if (this.#restLength > 0) this.#take(this.#rest, 0, this.#restLength);
    this.#restLength = 0;
  }

  #takeWithRest(chunk: Uint8Array, start: number, end: number): void {
    this.#keep(chunk, start, end);
    const line = this.#rest;
    const length = this.#restLength;
    // The line is still looked at when the next one is; it must not be written over by then.
    this.#rest = new Uint8Array(1 << 12);
    this.#restLength = 0;
    this.#take(line, 0, length);
  }

  #keep(chunk: Uint8Array, start: number, end: number): void {
    const needed = this.#restLength + end - start;
    if (needed > this.#maxLineBytes) throw new ProfileLimitError('bytes in one line', this.#maxLineBytes);
    if (needed > this.#rest.length)
      this.#rest = new Uint8Array(this.#rest.buffer.transfer(Math.max(needed, this.#rest.length * 2)));
    this.#rest.set(chunk.subarray(start, end), this.#restLength);
    this.#restLength = needed;
  }
}
