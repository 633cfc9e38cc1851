import { ProfileLimitError, ProfileShapeError } from '../../errors.ts';

/** Rows are counted in 32 bits, and one more than all must be countable. */
const MAX_ROWS = 2 ** 32 - 2;
/** Where nothing is known of the size to come. */
const FIRST_CAPACITY = 1 << 12;

/** Something that takes numbers of whole rows, which may be cut anywhere. */
export interface RowTaker {
  /** Takes all rows that are whole from `at` on; the first number begins a row. */
  takeRows(values: Float64Array, beginBytes: Float64Array, at: number, rows: number): void;
}

/** Cuts a list of numbers into rows of so many, wherever the batches end. */
export class RowCursor {
  readonly #taker: RowTaker;
  readonly #fields: number;
  readonly #row: Float64Array;
  readonly #rowBytes: Float64Array;
  #filled = 0;

  constructor(taker: RowTaker, fields: number) {
    this.#taker = taker;
    this.#fields = fields;
    this.#row = new Float64Array(fields);
    this.#rowBytes = new Float64Array(fields);
  }

  /** How many numbers there are of a row that is not whole. */
  get restOfRow(): number {
    return this.#filled;
  }

  take(values: Float64Array, beginBytes: Float64Array, count: number): void {
    const fields = this.#fields;
    let at = this.#filled > 0 ? this.#fill(values, beginBytes, 0, count) : 0;
    const rows = Math.floor((count - at) / fields);
    if (rows > 0) this.#taker.takeRows(values, beginBytes, at, rows);
    at += rows * fields;
    if (at < count) this.#fill(values, beginBytes, at, count);
  }

  #fill(values: Float64Array, beginBytes: Float64Array, from: number, count: number): number {
    let at = from;
    while (at < count && this.#filled < this.#fields) {
      this.#row[this.#filled] = values[at] as number;
      this.#rowBytes[this.#filled++] = beginBytes[at++] as number;
    }
    if (this.#filled === this.#fields) {
      this.#filled = 0;
      this.#taker.takeRows(this.#row, this.#rowBytes, 0, 1);
    }
    return at;
  }
}

/**
 * For how many rows room is made at first: as many as the head promises, but never more than the file's size can hold, at two
 * bytes for a number and the comma after it.
 */
export function firstCapacity(
  promised: number | undefined,
  fields: number,
  fileBytes: number | undefined,
): number {
  const possible = fileBytes === undefined ? FIRST_CAPACITY : Math.ceil(fileBytes / (2 * fields)) + 1;
  return Math.min(promised ?? FIRST_CAPACITY, possible);
}

export function nextCapacity(needed: number, capacity: number, what: string): number {
  if (needed > MAX_ROWS) throw new ProfileLimitError(what, MAX_ROWS);
  return Math.min(MAX_ROWS, Math.max(needed, capacity * 2, FIRST_CAPACITY));
}

/** The largest index that was seen, and where: indices are checked once all that they may point to is known. */
export class LargestIndex {
  value = -1;
  atByte = 0;
  row = 0;

  note(value: number, atByte: number, row: number): void {
    this.value = value;
    this.atByte = atByte;
    this.row = row;
  }

  /** @throws ProfileShapeError unless all are below `length` */
  check(section: string, field: string, length: number, what: string): void {
    if (this.value < length) return;
    throw new ProfileShapeError(
      `${section}[${this.row}].${field}`,
      `points to ${what} ${this.value} of ${length}`,
      this.atByte,
    );
  }
}
