import { parseHeapFilter } from '../../filter/parse-filter.ts';
import { toPredicate } from '../../filter/to-predicate.ts';
import type { ClassTotals } from '../../tables/class-totals.ts';
import { shownDistance } from '../../tables/distance.ts';
import type { HeapClassRow, HeapClassSort, HeapOrder, HeapPage, HeapQuery, HeapRows } from '../heap-query.ts';
import { classPredicate } from '../matching/class-predicate.ts';
import type { OpenHeap } from '../open-heap.ts';
import { classOrder } from '../order.ts';
import { pageOf } from '../page.ts';

/** @throws HeapFilterError */
export function answerClasses(heap: OpenHeap, query: HeapQuery & { ask: 'classes' }): HeapRows<HeapClassRow> {
  return classRows(heap, heap.totals, query.filter, query.order, query.page);
}

/** A page of classes that have any object. */
export function classRows(
  { classes }: OpenHeap,
  totals: ClassTotals,
  filter: string,
  order: HeapOrder<HeapClassSort>,
  page: HeapPage,
): HeapRows<HeapClassRow> {
  const { names } = classes;
  const isWanted = toPredicate(parseHeapFilter(filter), (term) => classPredicate(names, totals, term));
  const rows = Uint32Array.from(names.keys()).filter((row) => totals.count[row] !== 0 && isWanted(row));
  return pageOf(rows, page, classOrder(classes, totals, order), (row) => ({
    className: names[row] ?? '',
    count: totals.count[row] as number,
    shallowBytes: totals.shallowBytes[row] as number,
    retainedBytes: totals.retainedBytes[row] as number,
    distance: shownDistance(totals.distance[row] as number),
  }));
}
