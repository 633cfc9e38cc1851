import { sliceOf } from '../../model/heap-cells.ts';
import type { HeapObjectRow, HeapQuery, HeapRows } from '../heap-query.ts';
import type { OpenHeap } from '../open-heap.ts';
import { objectOrder } from '../order.ts';
import { pageOf } from '../page.ts';

export function answerDominated(
  heap: OpenHeap,
  { object, order, page }: HeapQuery & { ask: 'dominated' },
): HeapRows<HeapObjectRow> {
  const node = object === undefined ? 0 : heap.nodeOf(object);
  const { first, nodes } = heap.cells.dominated;
  const rows = sliceOf(nodes, first.get(node), first.get(node + 1));
  return pageOf(rows, page, objectOrder(heap, order), (each) => heap.row(each));
}
