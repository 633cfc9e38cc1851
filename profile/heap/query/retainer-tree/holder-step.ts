import type { IndexIntoHeapEdges, IndexIntoHeapNodes } from '../../model/heap-graph.ts';
import { readableName } from '../../names/edge-name.ts';
import { EDGE_TYPE, NODE_TYPE } from '../../names/node-type.ts';
import { nearestRetainer } from '../nearest-retainer.ts';
import type { OpenHeap } from '../open-heap.ts';
import type { Reach } from '../reach.ts';

/** Arrays within arrays that are passed over. */
const MOST_ARRAYS = 4;

/** Who holds an object, and by what. */
export interface HolderStep {
  readonly holder: IndexIntoHeapNodes;
  /** The edge that the holder has. */
  readonly edge: IndexIntoHeapEdges;
  /** Whether an array of V8's own lies between the two: entries of a Map, elements of an array. */
  readonly isThroughArray: boolean;
}

/** The nearest holder that says something: an array that V8 keeps entries in belongs to whoever holds it. */
export function stepToHolder(heap: OpenHeap, reach: Reach, node: IndexIntoHeapNodes): HolderStep | undefined {
  const edge = nearestRetainer(heap, reach, node);
  return edge === undefined ? undefined : stepAlong(heap, reach, edge);
}

/** The same from a given edge on. */
export function stepAlong(heap: OpenHeap, reach: Reach, edge: IndexIntoHeapEdges): HolderStep {
  const { type } = heap.graph.nodes;
  let holder = heap.analysis.holderOf(edge);
  let by = edge;
  for (let passed = 0; type[holder] === NODE_TYPE.array && passed < MOST_ARRAYS; passed++) {
    const above = nearestRetainer(heap, reach, holder);
    if (above === undefined) break;
    by = above;
    holder = heap.analysis.holderOf(above);
  }
  return { holder, edge: by, isThroughArray: by !== edge };
}

/** The field of a step, alike for all elements: `players`, `[]`, `table[]`. */
export function fieldOf({ graph }: OpenHeap, { edge, isThroughArray }: HolderStep): string {
  const type = graph.edges.type[edge];
  const entries = isThroughArray ? '[]' : '';
  if (type === EDGE_TYPE.element) return '[]';
  if (type === EDGE_TYPE.hidden) return `(…)${entries}`;
  const name = readableName(graph.strings.text(graph.edges.nameOrIndex[edge] as number), type);
  if (/^\d+$/.test(name)) return '[]';
  if (name.startsWith('WeakMap[')) return 'WeakMap[]';
  return `${name}${entries}`;
}
