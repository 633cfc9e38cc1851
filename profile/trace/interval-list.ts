import type { Micros } from '../model/profile.ts';
import { sortRows } from './sort-rows.ts';

/** Intervals of one thread as they come. */
export class IntervalList {
  #start = new Float64Array(64);
  #end = new Float64Array(64);
  #value = new Float64Array(64);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** @param value what the interval stands for, such as a state */
  push(startMicros: Micros, endMicros: Micros, value: number): void {
    if (this.#length === this.#start.length) {
      const bytes = this.#length * 2 * Float64Array.BYTES_PER_ELEMENT;
      this.#start = new Float64Array(this.#start.buffer.transfer(bytes));
      this.#end = new Float64Array(this.#end.buffer.transfer(bytes));
      this.#value = new Float64Array(this.#value.buffer.transfer(bytes));
    }
    this.#start[this.#length] = startMicros;
    this.#end[this.#length] = endMicros;
    this.#value[this.#length] = value;
    this.#length += 1;
  }

  startAt(row: number): Micros {
    return this.#start[row] as Micros;
  }

  endAt(row: number): Micros {
    return this.#end[row] as Micros;
  }

  valueAt(row: number): number {
    return this.#value[row] as number;
  }

  /** Rows in the order of their begin. */
  order(): Uint32Array {
    const start = this.#start;
    const rows = Uint32Array.from({ length: this.#length }, (_, row) => row);
    return sortRows(rows, (a, b) => (start[a] as Micros) < (start[b] as Micros));
  }

  /** What any of them covers, in order and without overlaps; each with the value given. */
  union(value: number): IntervalList {
    const union = new IntervalList();
    let from = Number.NaN;
    let to = Number.NEGATIVE_INFINITY;
    for (const row of this.order()) {
      if (this.startAt(row) > to) {
        if (to > from) union.push(from, to, value);
        from = this.startAt(row);
        to = this.endAt(row);
      } else to = Math.max(to, this.endAt(row));
    }
    if (to > from) union.push(from, to, value);
    return union;
  }

  columns(): { length: number; startMicros: Float64Array; endMicros: Float64Array; value: Float64Array } {
    return {
      length: this.#length,
      startMicros: this.#start.slice(0, this.#length),
      endMicros: this.#end.slice(0, this.#length),
      value: this.#value.slice(0, this.#length),
    };
  }
}
