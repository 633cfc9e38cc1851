import { ProfileLimitError } from '../errors.ts';
import type { Bytes } from '../model/profile.ts';

/** Holds a token that is not contiguous in its chunk: cut by the chunk's end, or written with escapes. */
export class SpillBuffer {
  bytes = new Uint8Array(1 << 10);
  length = 0;
  readonly #maxBytes: Bytes;

  constructor(maxBytes: Bytes) {
    this.#maxBytes = maxBytes;
  }

  append(chunk: Uint8Array, start: number, end: number): void {
    this.#reserve(end - start);
    this.bytes.set(chunk.subarray(start, end), this.length);
    this.length += end - start;
  }

  appendByte(byte: number): void {
    this.#reserve(1);
    this.bytes[this.length++] = byte;
  }

  appendCodePoint(codePoint: number): void {
    if (codePoint < 0x80) {
      this.appendByte(codePoint);
    } else if (codePoint < 0x800) {
      this.appendByte(0xc0 | (codePoint >> 6));
      this.appendByte(0x80 | (codePoint & 0x3f));
    } else if (codePoint < 0x10000) {
      this.appendByte(0xe0 | (codePoint >> 12));
      this.appendByte(0x80 | ((codePoint >> 6) & 0x3f));
      this.appendByte(0x80 | (codePoint & 0x3f));
    } else {
      this.appendByte(0xf0 | (codePoint >> 18));
      this.appendByte(0x80 | ((codePoint >> 12) & 0x3f));
      this.appendByte(0x80 | ((codePoint >> 6) & 0x3f));
      this.appendByte(0x80 | (codePoint & 0x3f));
    }
  }

  #reserve(more: Bytes): void {
    const needed = this.length + more;
    if (needed > this.#maxBytes) throw new ProfileLimitError('bytes in one string', this.#maxBytes);
    if (needed > this.bytes.length) {
      this.bytes = new Uint8Array(this.bytes.buffer.transfer(Math.max(needed, this.bytes.length * 2)));
    }
  }
}
