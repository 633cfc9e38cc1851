import type { Micros } from '../model/profile.ts';

/** Intervals of one thread as they come. */
export class IntervalList {
  #start = new Float64Array(256);
  #end = new Float64Array(256);
  #state = new Uint8Array(256);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  push(startMicros: Micros, endMicros: Micros, state: number): void {
    if (this.#length === this.#start.length) {
      const bytes = this.#length * 2 * Float64Array.BYTES_PER_ELEMENT;
      this.#start = new Float64Array(this.#start.buffer.transfer(bytes));
      this.#end = new Float64Array(this.#end.buffer.transfer(bytes));
      this.#state = new Uint8Array(this.#state.buffer.transfer(this.#length * 2));
    }
    this.#start[this.#length] = startMicros;
    this.#end[this.#length] = endMicros;
    this.#state[this.#length] = state;
    this.#length += 1;
  }

  startAt(row: number): Micros {
    return this.#start[row] as Micros;
  }

  endAt(row: number): Micros {
    return this.#end[row] as Micros;
  }

  stateAt(row: number): number {
    return this.#state[row] as number;
  }

  /** Rows in the order of their begin. */
  order(): Uint32Array {
    const order = Uint32Array.from({ length: this.#length }, (_, row) => row);
    for (let row = 1; row < this.#length; row++) {
      if ((this.#start[row] as Micros) < (this.#start[row - 1] as Micros)) {
        return order.sort((a, b) => (this.#start[a] as Micros) - (this.#start[b] as Micros));
      }
    }
    return order;
  }

  columns(): { length: number; startMicros: Float64Array; endMicros: Float64Array; state: Uint8Array } {
    return {
      length: this.#length,
      startMicros: this.#start.slice(0, this.#length),
      endMicros: this.#end.slice(0, this.#length),
      state: this.#state.slice(0, this.#length),
    };
  }
}
