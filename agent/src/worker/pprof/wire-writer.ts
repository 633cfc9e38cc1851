const varint = 0;
const lengthDelimited = 2;

/** Writes the protobuf wire format (https://protobuf.dev/programming-guides/encoding) into one growing buffer. */
export class WireWriter {
  #bytes = Buffer.allocUnsafe(1 << 12);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** A whole number from 0 to 2^53; zero is the default and is not written. */
  number(field: number, value: number): void {
    if (value === 0) return;
    this.varint((field << 3) | varint);
    this.varint(value);
  }

  text(field: number, text: string): void {
    const size = Buffer.byteLength(text);
    this.#open(field, size);
    this.#length += this.#bytes.write(text, this.#length);
  }

  /** Takes what the other writer holds as a message, or as packed numbers, and empties it. */
  nested(field: number, inner: WireWriter): void {
    this.#open(field, inner.#length);
    inner.#bytes.copy(this.#bytes, this.#length, 0, inner.#length);
    this.#length += inner.#length;
    inner.#length = 0;
  }

  varint(value: number): void {
    this.#reserve(10);
    let rest = value;
    while (rest >= 0x80) {
      this.#bytes[this.#length++] = (rest % 0x80) | 0x80;
      rest = Math.floor(rest / 0x80);
    }
    this.#bytes[this.#length++] = rest;
  }

  /** A copy of what was written; the writer is empty afterwards. */
  take(): Uint8Array {
    const taken = Uint8Array.prototype.slice.call(this.#bytes, 0, this.#length);
    this.#length = 0;
    return taken;
  }

  #open(field: number, size: number): void {
    this.varint((field << 3) | lengthDelimited);
    this.varint(size);
    this.#reserve(size);
  }

  #reserve(more: number): void {
    const needed = this.#length + more;
    if (needed <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafe(Math.max(needed, this.#bytes.length * 2));
    this.#bytes.copy(larger, 0, 0, this.#length);
    this.#bytes = larger;
  }
}
