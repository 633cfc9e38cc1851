import { ProfileLimitError, ProfileShapeError } from '../../errors.ts';

/** Rows are counted in 32 bits, and one more than all must be countable. */
const MAX_ROWS = 2 ** 32 - 2;
/** Where nothing is known of the size to come. */
const FIRST_CAPACITY = 1 << 12;

/** Something that takes numbers of whole rows. */
export interface RowTaker {
  /** @param begins where in the file each number begins */
  takeRow(values: Uint32Array, begins: Float64Array): void;
  /** Takes what does not fit 32 bits, a field of the row that is taken next and has 0 in its place, or refuses it. */
  takeOdd(field: number, value: number, beginByte: number): void;
}

/** Puts numbers that come one by one together to rows of so many. */
export class RowCursor {
  readonly #taker: RowTaker;
  readonly #row: Uint32Array;
  readonly #begins: Float64Array;
  #filled = 0;

  constructor(taker: RowTaker, fields: number) {
    this.#taker = taker;
    this.#row = new Uint32Array(fields);
    this.#begins = new Float64Array(fields);
  }

  /** How many numbers there are of a row that is not whole. */
  get restOfRow(): number {
    return this.#filled;
  }

  put(value: number, beginByte: number): void {
    const isOdd = value >>> 0 !== value;
    if (isOdd) this.#taker.takeOdd(this.#filled, value, beginByte);
    this.#row[this.#filled] = isOdd ? 0 : value;
    this.#begins[this.#filled++] = beginByte;
    if (this.#filled < this.#row.length) return;
    this.#filled = 0;
    this.#taker.takeRow(this.#row, this.#begins);
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

/** An index, where it stands in the file, and in which row. */
export interface IndexPlace {
  readonly value: number;
  readonly atByte: number;
  readonly row: number;
}

/** The largest index that was seen, and where: indices are checked once all that they may point to is known. */
export class LargestIndex implements IndexPlace {
  value = -1;
  atByte = 0;
  row = 0;

  note(value: number, atByte: number, row: number): void {
    this.value = value;
    this.atByte = atByte;
    this.row = row;
  }

  /** The largest of rows behind those that were seen. */
  noteLater({ value, atByte, row }: IndexPlace): void {
    if (value > this.value) this.note(value, atByte, row);
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
