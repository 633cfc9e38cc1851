import type { IndexIntoHeapEdges, IndexIntoHeapNodes } from '../../model/heap-graph.ts';
import { edgeName } from '../../names/edge-name.ts';
import { EDGE_TYPE, edgeTypeAt } from '../../names/node-type.ts';
import type { HeapQuery, HeapReferenceRow, HeapRows } from '../heap-query.ts';
import type { OpenHeap } from '../open-heap.ts';
import { pageOf } from '../page.ts';
import { byHolder, type Reach, reachWithout } from '../reach.ts';

/** Nearest to the root first. Weak edges hold nothing, so they are not told. */
export function answerRetainers(
  heap: OpenHeap,
  { object, ignored, page }: HeapQuery & { ask: 'retainers' },
): HeapRows<HeapReferenceRow> {
  const reach = reachWithout(heap, ignored);
  const edges = retainersOf(heap, heap.nodeOf(object));
  return pageOf(edges, page, byHolder(heap, reach), (edge) =>
    referenceRow(heap, edge, heap.analysis.holderOf(edge), reach),
  );
}

/** The edges that lead to a node and keep it. */
export function retainersOf(heap: OpenHeap, node: IndexIntoHeapNodes): Uint32Array {
  const { firstRetainer, retainingEdge } = heap.analysis;
  const { type } = heap.graph.edges;
  return retainingEdge
    .subarray(firstRetainer[node], firstRetainer[node + 1])
    .filter((edge) => type[edge] !== EDGE_TYPE.weak);
}

/** @param reach where the object's distance is to be told as it is without what is ignored */
export function referenceRow(
  heap: OpenHeap,
  edge: IndexIntoHeapEdges,
  node: IndexIntoHeapNodes,
  reach?: Reach,
): HeapReferenceRow {
  const object = heap.row(node);
  return {
    edgeType: edgeTypeAt(heap.graph.edges.type[edge]),
    edgeName: edgeName(heap.graph, edge),
    object: reach === undefined ? object : { ...object, distance: reach.shownDistanceOf(node) },
  };
}
