import { HeapQueryError } from '../../errors.ts';
import { sortPart } from '../tables/sort-part.ts';
import { type HeapPage, type HeapRows, MAX_HEAP_ROWS } from './heap-query.ts';

/** @throws HeapQueryError when more is asked for than is answered at once */
export function checkPage({ offset, limit }: HeapPage): void {
  if (!Number.isSafeInteger(offset) || offset < 0) throw new HeapQueryError(`begins at row ${offset}`);
  if (!Number.isSafeInteger(limit) || limit < 0 || limit > MAX_HEAP_ROWS) {
    throw new HeapQueryError(`wants ${limit} rows at once, where 0 to ${MAX_HEAP_ROWS} can be had`);
  }
}

/**
 * The rows of a page, in order.
 *
 * @param rows are sorted in place as far as the page needs
 */
export function pageOf<Row>(
  rows: Uint32Array,
  page: HeapPage,
  compare: (a: number, b: number) => number,
  toRow: (row: number) => Row,
): HeapRows<Row> {
  checkPage(page);
  const to = Math.min(rows.length, page.offset + page.limit);
  if (page.offset < to) sortPart(rows, page.offset, to, compare);
  return { rows: Array.from(rows.subarray(page.offset, to), toRow), total: rows.length };
}
