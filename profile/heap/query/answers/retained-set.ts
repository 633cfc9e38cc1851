import type { Steps } from '../../analysis/steps.ts';
import type { IndexIntoHeapNodes } from '../../model/heap-graph.ts';
import { ClassSums, type ClassTotals } from '../../tables/class-totals.ts';
import type { HeapClassRow, HeapQuery, HeapRows } from '../heap-query.ts';
import type { OpenHeap } from '../open-heap.ts';
import { classRows } from './classes.ts';

/** All that would go with an object, itself included, by class. */
export function* answerRetainedSet(
  heap: OpenHeap,
  { object, order, page }: HeapQuery & { ask: 'retainedSet' },
): Steps<HeapRows<HeapClassRow>> {
  return classRows(heap, yield* heldBy(heap, heap.nodeOf(object)), '', order, page);
}

/** The set that was asked for last is kept: its next page and another order need no second walk. */
function* heldBy(heap: OpenHeap, node: IndexIntoHeapNodes): Steps<ClassTotals> {
  if (node === 0) return heap.totals;
  const last = heap.keep(nothingHeld);
  if (last.node === node && last.totals !== undefined) return last.totals;
  const sums = new ClassSums(heap.analysis, heap.classes, heap.dominated, node);
  while (sums.advance()) yield sums.walked / heap.graph.nodes.length;
  last.node = node;
  last.totals = sums.totals;
  return sums.totals;
}

function nothingHeld(): { node: IndexIntoHeapNodes; totals: ClassTotals | undefined } {
  return { node: 0, totals: undefined };
}
