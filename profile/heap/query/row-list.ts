import type { Bytes } from '../../model/profile.ts';
import type { Steps } from '../analysis/steps.ts';
import { sortByNumber } from '../tables/sort-by-number.ts';
import { firstRowsInSteps, sortPartInSteps } from '../tables/sort-part.ts';
import type { HeapPage, HeapRows } from './heap-query.ts';
import type { Kept } from './kept-answers.ts';
import type { ObjectOrder } from './order.ts';
import { checkPage, NEAR } from './page.ts';

/**
 * Rows, as they stand in the file and not to be changed, that are asked for again and again, in any order. The first pages are found by
 * a walk over them; a far one sorts all of them by the number of that order, once for all pages.
 */
export class RowList implements Kept {
  readonly #rows: Uint32Array;
  #sorted: { readonly order: string; readonly rows: Uint32Array } | undefined;

  constructor(rows: Uint32Array) {
    this.#rows = rows;
  }

  get weightBytes(): Bytes {
    return this.#rows.byteLength + (this.#sorted?.rows.byteLength ?? 0);
  }

  *page<Row>(page: HeapPage, order: ObjectOrder, toRow: (row: number) => Row): Steps<HeapRows<Row>> {
    checkPage(page);
    const total = this.#rows.length;
    const to = Math.min(total, page.offset + page.limit);
    if (page.offset >= to) return { rows: [], total };
    const isSorted = this.#sorted?.order === order.key;
    const found =
      to <= NEAR && !isSorted
        ? (yield* firstRowsInSteps(this.#rows, to, order.compare)).subarray(page.offset)
        : yield* this.#far(page.offset, to, order);
    return { rows: Array.from(found, toRow), total };
  }

  *#far(from: number, to: number, order: ObjectOrder): Steps<Uint32Array> {
    if (this.#sorted?.order !== order.key) {
      const rows = yield* sortByNumber(this.#rows, order.numberOf, order.descending);
      this.#sorted = { order: order.key, rows };
    }
    const { rows } = this.#sorted;
    if (order.isNumber) return rows.subarray(from, to);
    // Of those alike by the number, here the class, only what the page needs is sorted.
    const [low, high] = [firstAlike(rows, from, order.numberOf), pastAlike(rows, to - 1, order.numberOf)];
    // In a copy: another page may be sorted between two steps.
    const alike = rows.slice(low, high);
    yield* sortPartInSteps(alike, from - low, to - low, order.compare);
    rows.set(alike, low);
    return alike.subarray(from - low, to - low);
  }
}

/** The first row in the sorted ones that has the number of the one at a place. */
function firstAlike(rows: Uint32Array, at: number, numberOf: (row: number) => number): number {
  const number = numberOf(rows[at] as number);
  return search(0, at, (place) => numberOf(rows[place] as number) === number);
}

function pastAlike(rows: Uint32Array, at: number, numberOf: (row: number) => number): number {
  const number = numberOf(rows[at] as number);
  return search(at, rows.length, (place) => numberOf(rows[place] as number) !== number);
}

/** The first place that is so, where all after it are. */
function search(from: number, to: number, isSo: (place: number) => boolean): number {
  let [low, high] = [from, to];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isSo(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
