import type { IndexIntoHeapNodes } from '../../model/heap-graph.ts';
import { scriptOf } from '../../names/script-of.ts';
import type { HeapObjectDetail, HeapObjectRow, HeapQuery } from '../heap-query.ts';
import type { OpenHeap } from '../open-heap.ts';
import { retainersOf } from './retainers.ts';

/** A linked list is dominated by as many objects as it is long; the nearest ones are told. */
const MOST_DOMINATORS = 200;

/** @throws HeapObjectError */
export function answerObject(heap: OpenHeap, { object }: HeapQuery & { ask: 'object' }): HeapObjectDetail {
  const node = heap.nodeOf(object);
  const { firstEdge } = heap.graph.nodes;
  return {
    row: heap.row(node),
    fieldCount: (firstEdge[node + 1] as number) - (firstEdge[node] as number),
    retainerCount: retainersOf(heap, node).length,
    ...dominatorsOf(heap, node),
    scriptName: scriptOf(heap.graph, node),
  };
}

function dominatorsOf(heap: OpenHeap, node: IndexIntoHeapNodes) {
  const { dominator } = heap.analysis;
  const dominators: HeapObjectRow[] = [];
  let dominatorCount = 0;
  for (let below = node, at = dominator[below] as number; at !== below; at = dominator[at] as number) {
    dominatorCount += 1;
    if (dominators.length < MOST_DOMINATORS) dominators.push(heap.row(at));
    below = at;
  }
  return { dominators, dominatorCount };
}
