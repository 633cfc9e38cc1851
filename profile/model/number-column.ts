/**
 * A column of numbers that grows. It holds 32-bit integers until a value does not fit one, then doubles: node ids and
 * microseconds nearly always fit, and half the memory of 60 million of them is worth the check.
 */
export class NumberColumn {
  #values: Int32Array | Float64Array;
  #length = 0;

  constructor(initialCapacity = 1024) {
    this.#values = new Int32Array(initialCapacity);
  }

  get length(): number {
    return this.#length;
  }

  push(value: number): void {
    if (this.#length === this.#values.length) this.#grow();
    if ((value | 0) !== value && this.#values instanceof Int32Array)
      this.#values = Float64Array.from(this.#values);
    this.#values[this.#length++] = value;
  }

  /** Of a row that was pushed. */
  at(row: number): number {
    return this.#values[row] as number;
  }

  /** Puts another value in place of one that was pushed. */
  set(row: number, value: number): void {
    if ((value | 0) !== value && this.#values instanceof Int32Array)
      this.#values = Float64Array.from(this.#values);
    this.#values[row] = value;
  }

  /** Begins anew, with the memory that it has. */
  clear(): void {
    this.#length = 0;
  }

  /** The values so far, without a copy; the column must not be pushed to afterwards. */
  finish(): Int32Array | Float64Array {
    return this.#values.subarray(0, this.#length);
  }

  #grow(): void {
    const { buffer, BYTES_PER_ELEMENT } = this.#values;
    // transfer() can enlarge in place, where a new array and a copy would need both in memory.
    const larger = (buffer as ArrayBuffer).transfer(this.#length * 2 * BYTES_PER_ELEMENT);
    this.#values = this.#values instanceof Int32Array ? new Int32Array(larger) : new Float64Array(larger);
  }
}
