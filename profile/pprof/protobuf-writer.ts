import type { Bytes } from '../model/profile.ts';

const VARINT = 0;
const LENGTH_DELIMITED = 2;
const TWO_32 = 2 ** 32;

/** Writes the protobuf wire format (https://protobuf.dev/programming-guides/encoding) into one growing buffer. */
export class ProtobufWriter {
  #bytes: Uint8Array<ArrayBuffer>;
  #length = 0;
  readonly #encoder = new TextEncoder();

  constructor(capacity: Bytes = 1 << 12) {
    this.#bytes = new Uint8Array(capacity);
  }

  get length(): Bytes {
    return this.#length;
  }

  /** A non-negative whole number up to 2^53; zero is the default and is not written. */
  number(field: number, value: number): void {
    if (value === 0) return;
    this.varint((field << 3) | VARINT);
    this.varint(value);
  }

  /** Any whole number that a double holds; negative ones take ten bytes. */
  signed(field: number, value: number): void {
    if (value >= 0) {
      this.number(field, value);
      return;
    }
    this.varint((field << 3) | VARINT);
    this.#reserve(10);
    let rest = BigInt.asUintN(64, BigInt(value));
    for (let byte = 0; byte < 9; byte++) {
      this.#bytes[this.#length++] = Number(rest & 0x7fn) | 0x80;
      rest >>= 7n;
    }
    this.#bytes[this.#length++] = Number(rest);
  }

  text(field: number, text: string): void {
    const bytes = this.#encoder.encode(text);
    this.#lengthPrefix(field, bytes.length);
    this.#append(bytes);
  }

  /** Takes what the other writer holds as a message, or as packed numbers, and empties it. */
  nested(field: number, inner: ProtobufWriter): void {
    this.#lengthPrefix(field, inner.#length);
    this.#append(inner.#bytes.subarray(0, inner.#length));
    inner.#length = 0;
  }

  varint(value: number): void {
    this.#reserve(10);
    let rest = value;
    // Bitwise operators see 32 bits only; nanoseconds need more.
    while (rest >= TWO_32) {
      this.#bytes[this.#length++] = (rest % 128) | 0x80;
      rest = Math.floor(rest / 128);
    }
    let low = rest >>> 0;
    while (low >= 0x80) {
      this.#bytes[this.#length++] = (low & 0x7f) | 0x80;
      low >>>= 7;
    }
    this.#bytes[this.#length++] = low;
  }

  /** A copy of what was written; the writer is empty afterwards. */
  take(): Uint8Array<ArrayBuffer> {
    const taken = this.#bytes.slice(0, this.#length);
    this.#length = 0;
    return taken;
  }

  #lengthPrefix(field: number, length: Bytes): void {
    this.varint((field << 3) | LENGTH_DELIMITED);
    this.varint(length);
  }

  #append(bytes: Uint8Array): void {
    this.#reserve(bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  #reserve(more: Bytes): void {
    const needed = this.#length + more;
    if (needed <= this.#bytes.length) return;
    this.#bytes = new Uint8Array(this.#bytes.buffer.transfer(Math.max(needed, this.#bytes.length * 2)));
  }
}
