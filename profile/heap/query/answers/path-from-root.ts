import type { Steps } from '../../analysis/steps.ts';
import type { Cells } from '../../model/heap-cells.ts';
import {
  type IndexIntoHeapEdges,
  type IndexIntoHeapNodes,
  SYSTEM_DISTANCE,
  UNREACHABLE,
} from '../../model/heap-graph.ts';
import type { HeapAnswers, HeapQuery } from '../heap-query.ts';
import { nearestRetainer } from '../nearest-retainer.ts';
import type { OpenHeap } from '../open-heap.ts';
import { type Reach, reachWithout } from '../reach.ts';
import { referenceRow } from './retainers.ts';

/** A linked list that is longer is told from its end on. */
const MOST_STEPS = 500;
/** What only weak edges lead to is followed back through so many objects. */
const MOST_SEARCHED = 100_000;

/** The shortest way from the root to an object. Weak edges, which hold nothing, are followed only where there is no other way. */
export function* answerPathFromRoot(
  heap: OpenHeap,
  { object, ignored }: HeapQuery & { ask: 'pathFromRoot' },
): Steps<HeapAnswers['pathFromRoot']> {
  const reach = yield* reachWithout(heap, ignored);
  const node = heap.nodeOf(object);
  const distance = reach.distanceOf(node);
  const weak = distance === UNREACHABLE ? weakWay(heap, reach, node) : [];
  const from = weak.length === 0 ? node : heap.analysis.holderOf(weak[0] as number);
  const edges = [...strongWay(heap, reach, from), ...weak].slice(-MOST_STEPS);
  return {
    steps: edges.map((edge) => referenceRow(heap, edge, heap.cells.analysis.graph.edges.to.get(edge), reach)),
    way: wayOf(distance, weak.length > 0),
  };
}

function wayOf(distance: number, isWeak: boolean): HeapAnswers['pathFromRoot']['way'] {
  if (distance === UNREACHABLE) return isWeak ? 'weak' : 'none';
  return distance >= SYSTEM_DISTANCE ? 'system' : 'strong';
}

/** From the root on; nothing when it is not reached. */
function strongWay(heap: OpenHeap, reach: Reach, node: IndexIntoHeapNodes): IndexIntoHeapEdges[] {
  const edges: IndexIntoHeapEdges[] = [];
  for (let at = node; at !== 0; ) {
    const edge = nearestRetainer(heap, reach, at);
    if (edge === undefined) break;
    edges.push(edge);
    at = heap.analysis.holderOf(edge);
  }
  return edges.reverse();
}

/** Back from a node that nothing holds, along edges of all kinds, to the nearest one that is reached; the edges from there on. */
function weakWay(
  { analysis, cells }: OpenHeap,
  reach: Reach,
  node: IndexIntoHeapNodes,
): IndexIntoHeapEdges[] {
  const { firstRetainer, retainingEdge, graph } = cells.analysis;
  /** The edge that goes on from each towards the node. */
  const onwards = new Map<IndexIntoHeapNodes, IndexIntoHeapEdges | undefined>([[node, undefined]]);
  // A map gives what was added while it is walked over, in that order: nearest first.
  for (const below of onwards.keys()) {
    for (let at = firstRetainer.get(below); at < firstRetainer.get(below + 1); at++) {
      const edge = retainingEdge.get(at);
      const holder = analysis.holderOf(edge);
      if (reach.isIgnored(holder) || onwards.has(holder) || onwards.size > MOST_SEARCHED) continue;
      onwards.set(holder, edge);
      if (reach.distanceOf(holder) !== UNREACHABLE) return follow(onwards, graph.edges.to, holder);
    }
  }
  return [];
}

function follow(
  onwards: ReadonlyMap<IndexIntoHeapNodes, IndexIntoHeapEdges | undefined>,
  to: Cells,
  start: IndexIntoHeapNodes,
): IndexIntoHeapEdges[] {
  const edges: IndexIntoHeapEdges[] = [];
  for (let edge = onwards.get(start); edge !== undefined; edge = onwards.get(to.get(edge))) edges.push(edge);
  return edges;
}
