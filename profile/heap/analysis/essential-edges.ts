import type { BitSet } from '../memory/bit-set.ts';
import type { HeapGraph } from '../model/heap-graph.ts';
import type { MarkedStrings } from './marked-strings.ts';
import { STEP_ROWS, type Steps } from './steps.ts';
import { EDGE_TYPE } from './type-numbers.ts';

/**
 * Marks the edges that keep something alive, in the sense of Chrome DevTools: not weak ones, nor those of a node to itself; of
 * the two that lead to a value in a WeakMap the one from the key alone; shortcuts only from the root; and none from what V8
 * keeps for itself to what users' code owns, or else a debugger would dominate half of the heap.
 *
 * @param essential by edge, empty
 * @param held by node, empty: gets all that an essential edge leads to
 */
export function* markEssentialEdges(
  graph: HeapGraph,
  marked: MarkedStrings,
  pageOwned: BitSet,
  essential: BitSet,
  held: BitSet,
): Steps<void> {
  const { firstEdge, id } = graph.nodes;
  const { type, to, nameOrIndex } = graph.edges;
  const { hasWeakMaps } = marked;
  let pause = STEP_ROWS;
  for (let node = 0; node < graph.nodes.length; node++) {
    const end = firstEdge[node + 1] as number;
    const isRoot = node === 0;
    const isOwned = isRoot || pageOwned.has(node);
    for (let edge = firstEdge[node] as number; edge < end; edge++) {
      const edgeType = type[edge];
      const target = to[edge] as number;
      if (edgeType === EDGE_TYPE.weak || target === node) continue;
      if (edgeType === EDGE_TYPE.shortcut && !isRoot) continue;
      if (!isOwned && pageOwned.has(target)) continue;
      if (hasWeakMaps && edgeType === EDGE_TYPE.internal) {
        if (marked.weakMapEdge(nameOrIndex[edge] as number)?.table === id[node]) continue;
      }
      essential.add(edge);
      held.add(target);
    }
    if (end < pause) continue;
    pause = end + STEP_ROWS;
    yield end / graph.edges.length;
  }
}
