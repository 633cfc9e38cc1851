import { closeSync, openSync, writeSync } from 'node:fs';

const BUFFER_BYTES = 1 << 20;
/** Longer than anything that is written in one go. */
const ROOM_BYTES = 1 << 14;

/** A file written piece by piece, however large it gets. */
export class ByteFile implements Disposable {
  readonly #file: number;
  readonly #buffer = Buffer.allocUnsafe(BUFFER_BYTES + ROOM_BYTES);
  #used = 0;
  #writtenBytes = 0;

  constructor(path: string) {
    this.#file = openSync(path, 'w');
  }

  get sizeBytes(): number {
    return this.#writtenBytes + this.#used;
  }

  text(text: string): void {
    this.#used += this.#buffer.write(text, this.#used, 'latin1');
    this.#flushWhenFull();
  }

  /** A number that is whole and not negative, in decimal. */
  digits(value: number): void {
    let length = 1;
    for (let bound = 10; value >= bound; bound *= 10) length++;
    let rest = value;
    for (let at = this.#used + length - 1; at >= this.#used; at--) {
      const tenth = Math.floor(rest / 10);
      this.#buffer[at] = 0x30 + rest - tenth * 10;
      rest = tenth;
    }
    this.#used += length;
    this.#flushWhenFull();
  }

  byte(value: number): void {
    this.#buffer[this.#used++] = value;
    this.#flushWhenFull();
  }

  bytes(values: Uint8Array): void {
    this.#buffer.set(values, this.#used);
    this.#used += values.length;
    this.#flushWhenFull();
  }

  /** As Protocol Buffers write whole numbers. */
  varint(value: number): void {
    let rest = value;
    while (rest >= 0x80) {
      this.#buffer[this.#used++] = (rest % 0x80) | 0x80;
      rest = Math.floor(rest / 0x80);
    }
    this.#buffer[this.#used++] = rest;
    this.#flushWhenFull();
  }

  [Symbol.dispose](): void {
    this.#flush();
    closeSync(this.#file);
  }

  #flushWhenFull(): void {
    if (this.#used > BUFFER_BYTES) this.#flush();
  }

  #flush(): void {
    for (let at = 0; at < this.#used; ) at += writeSync(this.#file, this.#buffer, at, this.#used - at);
    this.#writtenBytes += this.#used;
    this.#used = 0;
  }
}
