import type { IndexIntoStringTable, Micros } from '../model/profile.ts';

const INITIAL = 64;

/** Spans of one thread as they come; the end of one that has only begun is not a number. */
export class SpanList {
  start = new Float64Array(INITIAL);
  end = new Float64Array(INITIAL);
  name = new Uint32Array(INITIAL);
  category = new Uint32Array(INITIAL);
  arguments = new Int32Array(INITIAL);
  flags = new Uint8Array(INITIAL);
  length = 0;

  /** @returns its row */
  push(
    startMicros: Micros,
    endMicros: Micros,
    name: IndexIntoStringTable,
    category: IndexIntoStringTable,
    argumentRow: number,
    flags: number,
  ): number {
    if (this.length === this.start.length) this.#grow();
    const row = this.length++;
    this.start[row] = startMicros;
    this.end[row] = endMicros;
    this.name[row] = name;
    this.category[row] = category;
    this.arguments[row] = argumentRow;
    this.flags[row] = flags;
    return row;
  }

  #grow(): void {
    const length = this.length * 2;
    this.start = new Float64Array(this.start.buffer.transfer(length * 8));
    this.end = new Float64Array(this.end.buffer.transfer(length * 8));
    this.name = new Uint32Array(this.name.buffer.transfer(length * 4));
    this.category = new Uint32Array(this.category.buffer.transfer(length * 4));
    this.arguments = new Int32Array(this.arguments.buffer.transfer(length * 4));
    this.flags = new Uint8Array(this.flags.buffer.transfer(length));
  }
}
