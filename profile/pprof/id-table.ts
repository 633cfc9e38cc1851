import { NumberColumn } from '../model/number-column.ts';
import { TupleTable } from '../model/tuple-table.ts';

/** Ids up to here are found by their own number; most writers count from 1. */
const DENSE = 1 << 22;

/** Gives the ids of a file, any 64-bit numbers, rows from 0 in the order of first sight, whether or not it has defined them yet. */
export class IdTable {
  /** The row plus one; 0 for an id not seen. */
  #dense = new Int32Array(1 << 10);
  readonly #sparse = new TupleTable(2);
  readonly #rowOfSparse = new NumberColumn(16);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  rowOf(low: number, high: number): number {
    if (high !== 0 || low >= DENSE) return this.#sparseRowOf(low, high);
    if (low >= this.#dense.length) this.#grow(low);
    const row = (this.#dense[low] as number) - 1;
    if (row >= 0) return row;
    this.#dense[low] = ++this.#length;
    return this.#length - 1;
  }

  #sparseRowOf(low: number, high: number): number {
    const at = this.#sparse.intern(low | 0, high | 0);
    if (at === this.#rowOfSparse.length) this.#rowOfSparse.push(this.#length++);
    return this.#rowOfSparse.at(at);
  }

  #grow(id: number): void {
    const length = Math.min(DENSE, Math.max(id + 1, this.#dense.length * 2));
    this.#dense = new Int32Array(this.#dense.buffer.transfer(length * Int32Array.BYTES_PER_ELEMENT));
  }
}
