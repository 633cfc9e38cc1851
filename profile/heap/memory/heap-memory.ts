import { ProfileMemoryError } from '../../errors.ts';
import type { Bytes } from '../../model/profile.ts';

type Column = Uint8Array | Uint32Array | Int32Array | Float64Array;

/**
 * The one place where the columns of a heap come from: it counts them, and refuses what goes beyond a limit before it is
 * taken. What is given back is free at once, without waiting for the garbage collector.
 */
export class HeapMemory {
  readonly #limitBytes: Bytes;
  #usedBytes: Bytes = 0;
  #peakBytes: Bytes = 0;

  constructor(limitBytes: Bytes = Number.POSITIVE_INFINITY) {
    this.#limitBytes = limitBytes;
  }

  get usedBytes(): Bytes {
    return this.#usedBytes;
  }

  /** The most that was in use at once. */
  get peakBytes(): Bytes {
    return this.#peakBytes;
  }

  /** @throws ProfileMemoryError when so much more would be too much */
  require(bytes: Bytes): void {
    const needed = this.#usedBytes + bytes;
    if (needed > this.#limitBytes) throw new ProfileMemoryError(needed, this.#limitBytes);
  }

  uint8(length: number): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.#take(length));
  }

  uint32(length: number): Uint32Array<ArrayBuffer> {
    return new Uint32Array(this.#take(length * Uint32Array.BYTES_PER_ELEMENT));
  }

  int32(length: number): Int32Array<ArrayBuffer> {
    return new Int32Array(this.#take(length * Int32Array.BYTES_PER_ELEMENT));
  }

  float64(length: number): Float64Array<ArrayBuffer> {
    return new Float64Array(this.#take(length * Float64Array.BYTES_PER_ELEMENT));
  }

  /** The same column with room for more or fewer rows; the one given is of no use after that. */
  resize(column: Column, bytes: Bytes): ArrayBuffer {
    const { buffer } = column;
    this.require(bytes - buffer.byteLength);
    this.#count(bytes - buffer.byteLength);
    try {
      return (buffer as ArrayBuffer).transfer(bytes);
    } catch (cause) {
      throw this.#refused(bytes, cause);
    }
  }

  /** Gives a column back; nobody may read it any more. */
  release(column: Column): void {
    this.#count(-column.buffer.byteLength);
    (column.buffer as ArrayBuffer).transfer(0);
  }

  /**
   * Counts what comes from elsewhere and is kept.
   *
   * @throws ProfileMemoryError when it would be too much
   */
  hold(bytes: Bytes): void {
    this.require(bytes);
    this.#count(bytes);
  }

  /** Counts no more what somebody may still read: the garbage collector takes it when nobody does. */
  letGo(bytes: Bytes): void {
    this.#count(-bytes);
  }

  #take(bytes: Bytes): ArrayBuffer {
    this.require(bytes);
    try {
      const buffer = new ArrayBuffer(bytes);
      this.#count(bytes);
      return buffer;
    } catch (cause) {
      throw this.#refused(bytes, cause);
    }
  }

  #count(bytes: Bytes): void {
    this.#usedBytes += bytes;
    if (this.#usedBytes > this.#peakBytes) this.#peakBytes = this.#usedBytes;
  }

  /** The machine has less than the limit says. */
  #refused(bytes: Bytes, cause: unknown): ProfileMemoryError {
    return new ProfileMemoryError(this.#usedBytes + bytes, this.#usedBytes, { cause });
  }
}
