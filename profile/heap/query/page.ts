import { HeapQueryError } from '../../errors.ts';
import { type Compare, firstRows, sortPart } from '../tables/sort-part.ts';
import { type HeapPage, type HeapRows, MAX_HEAP_ROWS } from './heap-query.ts';

/** Pages that end before are found by one walk over the rows; for others the rows are sorted as far as needed. */
const NEAR = 4096;

/** @throws HeapQueryError when more is asked for than is answered at once */
function checkPage({ offset, limit }: HeapPage): void {
  if (!Number.isSafeInteger(offset) || offset < 0) throw new HeapQueryError(`begins at row ${offset}`);
  if (!Number.isSafeInteger(limit) || limit < 0 || limit > MAX_HEAP_ROWS) {
    throw new HeapQueryError(`wants ${limit} rows at once, where 0 to ${MAX_HEAP_ROWS} can be had`);
  }
}

/** Rows, not to be changed, that are asked for again and again, in any order. Their far pages are found in a copy, which stays as far sorted as it is. */
export class RowList {
  readonly #rows: Uint32Array;
  #sorted: Uint32Array | undefined;

  constructor(rows: Uint32Array) {
    this.#rows = rows;
  }

  /** Rows in memory. */
  get weight(): number {
    return this.#rows.length + (this.#sorted?.length ?? 0);
  }

  page<Row>(page: HeapPage, compare: Compare, toRow: (row: number) => Row): HeapRows<Row> {
    checkPage(page);
    const to = Math.min(this.#rows.length, page.offset + page.limit);
    if (page.offset >= to) return { rows: [], total: this.#rows.length };
    const found =
      to <= NEAR
        ? firstRows(this.#rows, to, compare).subarray(page.offset)
        : this.#far(page.offset, to, compare);
    return { rows: Array.from(found, toRow), total: this.#rows.length };
  }

  #far(from: number, to: number, compare: Compare): Uint32Array {
    this.#sorted ??= this.#rows.slice();
    sortPart(this.#sorted, from, to, compare);
    return this.#sorted.subarray(from, to);
  }
}

/** The rows of a page, in order. */
export function pageOf<Row>(
  rows: Uint32Array,
  page: HeapPage,
  compare: Compare,
  toRow: (row: number) => Row,
): HeapRows<Row> {
  return new RowList(rows).page(page, compare, toRow);
}
