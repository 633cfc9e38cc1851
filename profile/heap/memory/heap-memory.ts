import { ProfileMemoryError } from '../../errors.ts';
import type { Bytes } from '../../model/profile.ts';

type Column<Buffer extends ArrayBufferLike = ArrayBufferLike> =
  | Uint8Array<Buffer>
  | Uint32Array<Buffer>
  | Int32Array<Buffer>
  | Float64Array<Buffer>;

/** The makers of columns that stay. */
class KeptColumns {
  readonly #take: (bytes: Bytes) => ArrayBufferLike;

  constructor(take: (bytes: Bytes) => ArrayBufferLike) {
    this.#take = take;
  }

  uint8(length: number): Uint8Array {
    return new Uint8Array(this.#take(length));
  }

  uint32(length: number): Uint32Array {
    return new Uint32Array(this.#take(length * Uint32Array.BYTES_PER_ELEMENT));
  }

  int32(length: number): Int32Array {
    return new Int32Array(this.#take(length * Int32Array.BYTES_PER_ELEMENT));
  }

  float64(length: number): Float64Array {
    return new Float64Array(this.#take(length * Float64Array.BYTES_PER_ELEMENT));
  }
}

/**
 * The one place where the columns of a heap come from: it counts them, and refuses what goes beyond a limit before it is
 * taken. What is given back is free at once, without waiting for the garbage collector; but for kept columns that other threads may
 * look into.
 */
export class HeapMemory {
  /** Columns for as long as the heap is open. */
  readonly kept: KeptColumns;
  readonly #limitBytes: Bytes;
  #usedBytes: Bytes = 0;
  #peakBytes: Bytes = 0;

  /** @param sharing whether other threads may look into kept columns */
  constructor(limitBytes: Bytes = Number.POSITIVE_INFINITY, sharing: 'shared' | 'alone' = 'alone') {
    this.#limitBytes = limitBytes;
    const make: (bytes: Bytes) => ArrayBufferLike = sharing === 'shared' ? newShared : newAlone;
    this.kept = new KeptColumns((bytes) => this.#take(bytes, make));
  }

  get usedBytes(): Bytes {
    return this.#usedBytes;
  }

  /** What may still be taken. */
  get leftBytes(): Bytes {
    return this.#limitBytes - this.#usedBytes;
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
    return new Uint8Array(this.#take(length, newAlone));
  }

  uint32(length: number): Uint32Array<ArrayBuffer> {
    return new Uint32Array(this.#take(length * Uint32Array.BYTES_PER_ELEMENT, newAlone));
  }

  int32(length: number): Int32Array<ArrayBuffer> {
    return new Int32Array(this.#take(length * Int32Array.BYTES_PER_ELEMENT, newAlone));
  }

  float64(length: number): Float64Array<ArrayBuffer> {
    return new Float64Array(this.#take(length * Float64Array.BYTES_PER_ELEMENT, newAlone));
  }

  /** The same column with room for more or fewer rows; the one given is of no use after that. */
  resize(column: Column<ArrayBuffer>, bytes: Bytes): ArrayBuffer;
  resize(column: Column, bytes: Bytes): ArrayBufferLike;
  resize({ buffer }: Column, bytes: Bytes): ArrayBufferLike {
    if (!isAlone(buffer)) return this.#copy(buffer, bytes, newShared);
    this.require(bytes - buffer.byteLength);
    this.#count(bytes - buffer.byteLength);
    try {
      return buffer.transfer(bytes);
    } catch (cause) {
      throw this.#refused(bytes, cause);
    }
  }

  /** Gives a column back; nobody may read it any more. */
  release(column: Column): void {
    const { buffer } = column;
    this.#count(-buffer.byteLength);
    if (isAlone(buffer)) buffer.transfer(0);
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

  #take<Buffer extends ArrayBufferLike>(bytes: Bytes, make: (bytes: Bytes) => Buffer): Buffer {
    this.require(bytes);
    try {
      const buffer = make(bytes);
      this.#count(bytes);
      return buffer;
    } catch (cause) {
      throw this.#refused(bytes, cause);
    }
  }

  /** What is shared cannot be moved. */
  #copy(buffer: ArrayBufferLike, bytes: Bytes, make: (bytes: Bytes) => ArrayBufferLike): ArrayBufferLike {
    const copy = this.#take(bytes, make);
    new Uint8Array(copy).set(new Uint8Array(buffer, 0, Math.min(bytes, buffer.byteLength)));
    this.#count(-buffer.byteLength);
    return copy;
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

const newAlone = (bytes: Bytes) => new ArrayBuffer(bytes);
const newShared = (bytes: Bytes) => new SharedArrayBuffer(bytes);
const isAlone = (buffer: ArrayBufferLike): buffer is ArrayBuffer => buffer instanceof ArrayBuffer;
