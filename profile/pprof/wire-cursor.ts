import { ProfileSyntaxError } from '../errors.ts';
import type { Bytes } from '../model/profile.ts';

export const WIRE = { number: 0, fixed64: 1, bytes: 2, fixed32: 5 } as const;

const TWO_32 = 2 ** 32;
const LONGEST_NUMBER = 10;

/**
 * Goes through the fields of one message in the protobuf wire format (https://protobuf.dev/programming-guides/encoding):
 * `next` moves to a field and reads its number; the bytes of any other are read by `enter`, or passed over by the next `next`.
 * Numbers have 64 bits: they are left in two halves, and are one number where they fit one.
 */
export class WireCursor {
  bytes: Uint8Array = new Uint8Array(0);
  at = 0;
  /** One past the message. */
  end = 0;
  /** Where `bytes` begin in the file, for errors. */
  #offset: Bytes = 0;
  /** One past the value of the field that was moved to. */
  #valueEnd = 0;
  field = 0;
  wireType: number = WIRE.number;
  /** The halves of the number last read, as unsigned 32-bit integers. */
  low = 0;
  high = 0;

  over(bytes: Uint8Array, start: number, end: number, offset: Bytes): this {
    this.bytes = bytes;
    this.at = start;
    this.end = end;
    this.#offset = offset;
    this.#valueEnd = start;
    return this;
  }

  get isDone(): boolean {
    return this.at >= this.end;
  }

  get isNumber(): boolean {
    return this.wireType === WIRE.number;
  }

  get isBytes(): boolean {
    return this.wireType === WIRE.bytes;
  }

  /** @returns false at the end of the message */
  next(): boolean {
    this.at = this.#valueEnd;
    if (this.isDone) return false;
    this.readNumber();
    this.field = this.low >>> 3;
    this.wireType = this.low & 7;
    if (this.high !== 0 || this.field === 0) this.fail('a field has no number');
    if (this.isNumber) {
      this.readNumber();
      this.#valueEnd = this.at;
    } else {
      const length = this.#length();
      this.#valueEnd = this.at + length;
    }
    if (this.#valueEnd > this.end) this.fail('a value is longer than what it stands in');
    return true;
  }

  /** The bytes of the field that was moved to, as a message or as numbers without tags. */
  enter(inner: WireCursor): WireCursor {
    return inner.over(this.bytes, this.at, this.#valueEnd, this.#offset);
  }

  readNumber(): void {
    const { bytes, end } = this;
    let at = this.at;
    // Most are short.
    if (at < end && (bytes[at] as number) < 0x80) {
      this.low = bytes[at] as number;
      this.high = 0;
      this.at = at + 1;
      return;
    }
    let byte = at < end ? (bytes[at++] as number) : this.fail('a number is cut off');
    let low = byte & 0x7f;
    let high = 0;
    for (let shift = 7; byte >= 0x80; shift += 7) {
      if (shift === LONGEST_NUMBER * 7) this.fail('a number is too long');
      byte = at < end ? (bytes[at++] as number) : this.fail('a number is cut off');
      const part = byte & 0x7f;
      if (shift < 28) low |= part << shift;
      else if (shift === 28) {
        low |= part << 28;
        high = part >>> 4;
      } else high |= part << (shift - 32);
    }
    this.low = low >>> 0;
    this.high = high >>> 0;
    this.at = at;
  }

  /** The number last read, as the signed 64-bit integer that it is in pprof; beyond 2^53 it is rounded. */
  get signed(): number {
    if (this.high < 0x80000000) return this.high * TWO_32 + this.low;
    return (this.high - TWO_32) * TWO_32 + this.low;
  }

  get unsigned(): number {
    return this.high * TWO_32 + this.low;
  }

  fail(what: string): never {
    throw new ProfileSyntaxError(what, this.#offset + this.at);
  }

  #length(): Bytes {
    if (this.wireType === WIRE.fixed64) return 8;
    if (this.wireType === WIRE.fixed32) return 4;
    if (!this.isBytes) this.fail('a field is of no known type');
    this.readNumber();
    return this.unsigned;
  }
}
