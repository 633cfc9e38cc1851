import type { IndexIntoHeapNodes } from '../../model/heap-graph.ts';
import { type ClassTotals, sumByClass } from '../../tables/class-totals.ts';
import type { HeapClassRow, HeapQuery, HeapRows } from '../heap-query.ts';
import type { OpenHeap } from '../open-heap.ts';
import { classRows } from './classes.ts';

/** All that would go with an object, itself included, by class. */
export function answerRetainedSet(
  heap: OpenHeap,
  { object, order, page }: HeapQuery & { ask: 'retainedSet' },
): HeapRows<HeapClassRow> {
  return classRows(heap, heldBy(heap, heap.nodeOf(object)), '', order, page);
}

/** The set that was asked for last is kept: its next page and another order need no second walk. */
function heldBy(heap: OpenHeap, node: IndexIntoHeapNodes): ClassTotals {
  if (node === 0) return heap.totals;
  const last = heap.keep(nothingHeld);
  if (last.node !== node || last.totals === undefined) {
    last.node = node;
    last.totals = sumByClass(heap.analysis, heap.classes, heap.dominated, node);
  }
  return last.totals;
}

function nothingHeld(): { node: IndexIntoHeapNodes; totals: ClassTotals | undefined } {
  return { node: 0, totals: undefined };
}
