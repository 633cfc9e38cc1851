import type { HeapPair } from '../../compare/heap-pair.ts';
import type { IndexIntoHeapNodes } from '../../model/heap-graph.ts';
import type { Compare } from '../../tables/sort-part.ts';
import type { HeapChangedObjectRow, HeapObjectSort, HeapOrder, HeapQuery, HeapRows } from '../heap-query.ts';
import { objectOrder } from '../order.ts';
import { pageOf } from '../page.ts';

/** What is gone is told as it was. */
export function answerCompareObjects(
  pair: HeapPair,
  { className, change, order, page }: HeapQuery & { ask: 'compareObjects' },
): HeapRows<HeapChangedObjectRow> {
  const heap = change === 'gone' ? pair.earlier : pair.later;
  const compare = change === 'grown' ? growthOrder(pair, order) : objectOrder(heap, order);
  return pageOf(pair.changed(className, change), page, compare, (node) => {
    const row = heap.row(node);
    return { ...row, grownBytes: growthIn(pair, node, change) };
  });
}

function growthIn(pair: HeapPair, node: IndexIntoHeapNodes, change: 'new' | 'gone' | 'grown'): number {
  switch (change) {
    case 'new':
      return pair.later.analysis.retainedSize[node] as number;
    case 'gone':
      return -(pair.earlier.analysis.retainedSize[node] as number);
    case 'grown':
      return pair.growthOf(node) ?? 0;
  }
}

/** Of what has grown, by how much more it retains counts, not how much. */
function growthOrder(pair: HeapPair, order: HeapOrder<HeapObjectSort>): Compare {
  if (order.by !== 'retained') return objectOrder(pair.later, order);
  const sign = order.descending ? -1 : 1;
  return (a, b) => sign * ((pair.growthOf(a) ?? 0) - (pair.growthOf(b) ?? 0)) || a - b;
}
