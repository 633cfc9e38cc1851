import { ProfileSyntaxError } from '../errors.ts';
import type { Bytes } from '../model/profile.ts';
import { SpillBuffer } from './spill-buffer.ts';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const REPLACEMENT = 0xfffd;

const ESCAPES = new Map<number, number>(
  Object.entries({ '"': '"', '\\': '\\', '/': '/', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' }).map(
    ([letter, meaning]) => [letter.charCodeAt(0), meaning.charCodeAt(0)],
  ),
);

/** Marks that the chunk ended inside the string. */
export const UNFINISHED = -1;

/**
 * Reads one JSON string from its opening quote on, over any number of chunks. A plain string within one chunk is
 * handed on as a range of that chunk; any other is put together in a buffer.
 */
export class StringScanner {
  /** The range of the string that was just finished. */
  bytes: Uint8Array = new Uint8Array(0);
  start = 0;
  end = 0;

  readonly #spill: SpillBuffer;
  #keep = true;
  #escaped = false;
  #hexDigitsLeft = 0;
  #codeUnit = 0;
  #highSurrogate = 0;

  constructor(maxBytes: Bytes) {
    this.#spill = new SpillBuffer(maxBytes);
  }

  /** Begins after the opening quote. @returns the position after the closing quote, or `UNFINISHED`. */
  begin(chunk: Uint8Array, from: number, keep: boolean, chunkOffset: number): number {
    for (let at = from; at < chunk.length; at++) {
      const byte = chunk[at] as number;
      if (byte === QUOTE) {
        this.bytes = chunk;
        this.start = from;
        this.end = at;
        return at + 1;
      }
      if (byte === BACKSLASH || byte < 0x20) return this.#beginSpilled(chunk, from, at, keep, chunkOffset);
    }
    return this.#beginSpilled(chunk, from, chunk.length, keep, chunkOffset);
  }

  /** Goes on in the next chunk; same result as `begin`. */
  resume(chunk: Uint8Array, from: number, chunkOffset: number): number {
    let at = from;
    while (at < chunk.length) {
      const byte = chunk[at] as number;
      if (this.#hexDigitsLeft > 0) this.#hexDigit(byte, chunkOffset + at++);
      else if (this.#escaped) this.#escapeLetter(byte, chunkOffset + at++);
      else if (byte === QUOTE) return this.#finish(at + 1);
      else if (byte === BACKSLASH) {
        this.#escaped = true;
        at++;
      } else if (byte < 0x20)
        throw new ProfileSyntaxError('an unescaped control character', chunkOffset + at);
      else at = this.#plainRun(chunk, at);
    }
    return UNFINISHED;
  }

  #beginSpilled(
    chunk: Uint8Array,
    from: number,
    plainEnd: number,
    keep: boolean,
    chunkOffset: number,
  ): number {
    this.#keep = keep;
    this.#spill.length = 0;
    this.#highSurrogate = 0;
    if (keep) this.#spill.append(chunk, from, plainEnd);
    return this.resume(chunk, plainEnd, chunkOffset);
  }

  #plainRun(chunk: Uint8Array, from: number): number {
    let at = from + 1;
    while (at < chunk.length) {
      const byte = chunk[at] as number;
      if (byte === QUOTE || byte === BACKSLASH || byte < 0x20) break;
      at++;
    }
    this.#flushSurrogate();
    if (this.#keep) this.#spill.append(chunk, from, at);
    return at;
  }

  #escapeLetter(byte: number, offset: number): void {
    this.#escaped = false;
    if (byte === 0x75) {
      this.#hexDigitsLeft = 4;
      this.#codeUnit = 0;
      return;
    }
    const meaning = ESCAPES.get(byte);
    if (meaning === undefined) throw new ProfileSyntaxError('an unknown escape', offset);
    this.#flushSurrogate();
    this.#append(meaning);
  }

  #hexDigit(byte: number, offset: number): void {
    const digit = hexValue(byte);
    if (digit < 0) throw new ProfileSyntaxError('a broken \\u escape', offset);
    this.#codeUnit = this.#codeUnit * 16 + digit;
    this.#hexDigitsLeft--;
    if (this.#hexDigitsLeft === 0) this.#appendCodeUnit(this.#codeUnit);
  }

  #appendCodeUnit(unit: number): void {
    const isLow = unit >= 0xdc00 && unit <= 0xdfff;
    if (isLow && this.#highSurrogate !== 0) {
      this.#append(0x10000 + ((this.#highSurrogate - 0xd800) << 10) + (unit - 0xdc00));
      this.#highSurrogate = 0;
      return;
    }
    this.#flushSurrogate();
    if (unit >= 0xd800 && unit <= 0xdbff) this.#highSurrogate = unit;
    else this.#append(isLow ? REPLACEMENT : unit);
  }

  /** A high surrogate that nothing follows stands for no character. */
  #flushSurrogate(): void {
    if (this.#highSurrogate === 0) return;
    this.#highSurrogate = 0;
    this.#append(REPLACEMENT);
  }

  #append(codePoint: number): void {
    if (this.#keep) this.#spill.appendCodePoint(codePoint);
  }

  #finish(after: number): number {
    this.#flushSurrogate();
    this.bytes = this.#spill.bytes;
    this.start = 0;
    this.end = this.#spill.length;
    return after;
  }
}

function hexValue(byte: number): number {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const lower = byte | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
}
