import { ProfileLimitError, ProfileShapeError } from '../../errors.ts';

/** Rows are counted in 32 bits, and one more than all must be countable. */
const MAX_ROWS = 2 ** 32 - 2;
/** Where nothing is known of the size to come. */
const FIRST_CAPACITY = 1 << 12;

/** Something that takes numbers of whole rows. */
export interface RowTaker {
  /**
   * Takes so many rows from `at` on.
   *
   * @param begins where each number begins, counted from `chunkByte`
   */
  takeRows(values: Uint32Array, begins: Int32Array, at: number, rows: number, chunkByte: number): void;
  /** Takes what does not fit 32 bits, a field of the row that is taken next and has 0 in its place, or refuses it. */
  takeOdd(field: number, value: number, beginByte: number): void;
}

/** Cuts a list of numbers into rows of so many, wherever the batches end. */
export class RowCursor {
  readonly #taker: RowTaker;
  readonly #fields: number;
  readonly #row: Uint32Array;
  readonly #rowBegins: Int32Array;
  #filled = 0;
  /** Where the row begins that is being filled; those of its numbers that came in earlier chunks count from here as well. */
  #rowByte = 0;

  constructor(taker: RowTaker, fields: number) {
    this.#taker = taker;
    this.#fields = fields;
    this.#row = new Uint32Array(fields);
    this.#rowBegins = new Int32Array(fields);
  }

  /** How many numbers there are of a row that is not whole. */
  get restOfRow(): number {
    return this.#filled;
  }

  take(values: Uint32Array, begins: Int32Array, count: number, chunkByte: number): void {
    const fields = this.#fields;
    let at = 0;
    while (this.#filled > 0 && at < count) {
      this.#put(values[at] as number, chunkByte + (begins[at] as number));
      at++;
    }
    const rows = Math.floor((count - at) / fields);
    if (rows > 0) this.#taker.takeRows(values, begins, at, rows, chunkByte);
    for (at += rows * fields; at < count; at++) {
      this.#put(values[at] as number, chunkByte + (begins[at] as number));
    }
  }

  /** A number that does not fit 32 bits. */
  takeOdd(value: number, beginByte: number): void {
    this.#taker.takeOdd(this.#filled, value, beginByte);
    this.#put(0, beginByte);
  }

  #put(value: number, beginByte: number): void {
    if (this.#filled === 0) this.#rowByte = beginByte;
    this.#row[this.#filled] = value;
    this.#rowBegins[this.#filled++] = beginByte - this.#rowByte;
    if (this.#filled < this.#fields) return;
    this.#filled = 0;
    this.#taker.takeRows(this.#row, this.#rowBegins, 0, 1, this.#rowByte);
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
