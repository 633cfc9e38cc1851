import { HeapQueryError } from '../../errors.ts';
import { type Compare, firstRows, sortPart } from '../tables/sort-part.ts';
import { type HeapPage, type HeapRows, MAX_HEAP_ROWS } from './heap-query.ts';

/** Pages that end before are found by one walk over the rows; for others the rows are sorted as far as needed. */
export const NEAR = 4096;

/** @throws HeapQueryError when more is asked for than is answered at once */
export function checkPage({ offset, limit }: HeapPage): void {
  if (!Number.isSafeInteger(offset) || offset < 0) throw new HeapQueryError(`begins at row ${offset}`);
  if (!Number.isSafeInteger(limit) || limit < 0 || limit > MAX_HEAP_ROWS) {
    throw new HeapQueryError(`wants ${limit} rows at once, where 0 to ${MAX_HEAP_ROWS} can be had`);
  }
}

/** The rows of a page, in order. */
export function pageOf<Row>(
  rows: Uint32Array,
  page: HeapPage,
  compare: Compare,
  toRow: (row: number) => Row,
): HeapRows<Row> {
  checkPage(page);
  const to = Math.min(rows.length, page.offset + page.limit);
  if (page.offset >= to) return { rows: [], total: rows.length };
  const found =
    to <= NEAR ? firstRows(rows, to, compare).subarray(page.offset) : far(rows, page.offset, to, compare);
  return { rows: Array.from(found, toRow), total: rows.length };
}

function far(rows: Uint32Array, from: number, to: number, compare: Compare): Uint32Array {
  const sorted = rows.slice();
  sortPart(sorted, from, to, compare);
  return sorted.subarray(from, to);
}
