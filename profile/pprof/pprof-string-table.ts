import { ProfileLimitError, ProfileShapeError } from '../errors.ts';
import { ByteStringTable } from '../model/byte-string-table.ts';
import { NumberColumn } from '../model/number-column.ts';
import type { Bytes, IndexIntoStringTable } from '../model/profile.ts';

const MOST_STRINGS = 16_000_000;

/** The texts of a pprof file by their number there; equal ones become one. */
export class PprofStringTable {
  readonly #distinct: ByteStringTable;
  readonly #ofNumber = new NumberColumn();

  constructor(maxBytes: Bytes) {
    this.#distinct = new ByteStringTable(maxBytes);
  }

  get length(): number {
    return this.#ofNumber.length;
  }

  add(bytes: Uint8Array, start: number, end: number): void {
    if (this.#ofNumber.length >= MOST_STRINGS) throw new ProfileLimitError('texts', MOST_STRINGS);
    this.#ofNumber.push(this.#distinct.intern(bytes, start, end));
  }

  /** A text that is in no file. */
  own(text: string): IndexIntoStringTable {
    const bytes = new TextEncoder().encode(text);
    return this.#distinct.intern(bytes, 0, bytes.length);
  }

  /** @throws ProfileShapeError naming the field when there is no such text */
  indexOf(number: number, field: () => string): IndexIntoStringTable {
    if (!(number >= 0 && number < this.#ofNumber.length))
      throw new ProfileShapeError(field(), `names text ${number}, which is not in the file`);
    return this.#ofNumber.at(number);
  }

  toStrings(): string[] {
    return this.#distinct.toStrings();
  }
}
