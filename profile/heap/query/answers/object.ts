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
  const { firstEdge } = heap.cells.analysis.graph.nodes;
  return {
    row: heap.row(node),
    fieldCount: firstEdge.get(node + 1) - firstEdge.get(node),
    retainerCount: retainersOf(heap, node).length,
    ...dominatorsOf(heap, node),
    scriptName: scriptOf(heap.cells.analysis.graph, node),
  };
}

function dominatorsOf(heap: OpenHeap, node: IndexIntoHeapNodes) {
  const { dominator } = heap.cells.analysis;
  const dominators: HeapObjectRow[] = [];
  let dominatorCount = 0;
  for (let below = node, at = dominator.get(below); at !== below; at = dominator.get(at)) {
    dominatorCount += 1;
    if (dominators.length < MOST_DOMINATORS) dominators.push(heap.row(at));
    below = at;
  }
  return { dominators, dominatorCount };
}
