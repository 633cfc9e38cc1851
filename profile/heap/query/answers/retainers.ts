import type { Steps } from '../../analysis/steps.ts';
import { sliceOf } from '../../model/heap-cells.ts';
import type { IndexIntoHeapEdges, IndexIntoHeapNodes } from '../../model/heap-graph.ts';
import { edgeName, weakMapPair } from '../../names/edge-name.ts';
import { EDGE_TYPE, edgeTypeAt } from '../../names/node-type.ts';
import { NO_DISTANCE } from '../../tables/distance.ts';
import type { HeapQuery, HeapReferenceRow, HeapRows } from '../heap-query.ts';
import type { OpenHeap } from '../open-heap.ts';
import { pageOf } from '../page.ts';
import { type Reach, reachWithout } from '../reach.ts';

/** Nearest to the root first. Weak edges hold nothing, so they are not told. */
export function* answerRetainers(
  heap: OpenHeap,
  { object, ignored, page }: HeapQuery & { ask: 'retainers' },
): Steps<HeapRows<HeapReferenceRow>> {
  const reach = yield* reachWithout(heap, ignored);
  const edges = retainersOf(heap, heap.nodeOf(object));
  const powerless = ignored.length === 0 ? NOTHING : halfPairs(heap, reach, edges);
  const rank = (edge: IndexIntoHeapEdges) =>
    powerless.has(edge) ? NO_DISTANCE : reach.rankOf(heap.analysis.holderOf(edge));
  return pageOf(
    edges,
    page,
    (a, b) => rank(a) - rank(b) || a - b,
    (edge) => {
      const row = referenceRow(heap, edge, heap.analysis.holderOf(edge), reach);
      return powerless.has(edge) ? { ...row, object: { ...row.object, distance: undefined } } : row;
    },
  );
}

const NOTHING: ReadonlySet<IndexIntoHeapEdges> = new Set();

/** A WeakMap and its key hold the value together: when one of them is not reached, the other does not hold it either. */
function halfPairs(heap: OpenHeap, reach: Reach, edges: Uint32Array): ReadonlySet<IndexIntoHeapEdges> {
  const pairOf = (edge: IndexIntoHeapEdges) => weakMapPair(heap.cells.analysis.graph, edge);
  const broken = new Set(
    Array.from(edges)
      .filter((edge) => !reach.isReached(heap.analysis.holderOf(edge)))
      .map(pairOf),
  );
  broken.delete(undefined);
  if (broken.size === 0) return NOTHING;
  return new Set(Array.from(edges).filter((edge) => broken.has(pairOf(edge))));
}

/** The edges that lead to a node and keep it. */
export function retainersOf(heap: OpenHeap, node: IndexIntoHeapNodes): Uint32Array {
  const { firstRetainer, retainingEdge, graph } = heap.cells.analysis;
  const edges = sliceOf(retainingEdge, firstRetainer.get(node), firstRetainer.get(node + 1));
  return edges.filter((edge) => graph.edges.type.get(edge) !== EDGE_TYPE.weak);
}

/** @param reach where the object's distance is to be told as it is without what is ignored */
export function referenceRow(
  heap: OpenHeap,
  edge: IndexIntoHeapEdges,
  node: IndexIntoHeapNodes,
  reach?: Reach,
): HeapReferenceRow {
  const { graph } = heap.cells.analysis;
  const object = heap.row(node);
  return {
    edgeType: edgeTypeAt(graph.edges.type.get(edge)),
    edgeName: edgeName(graph, edge),
    object: reach === undefined ? object : { ...object, distance: reach.shownDistanceOf(node) },
  };
}
