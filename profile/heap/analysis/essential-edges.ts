import type { BitSet } from '../memory/bit-set.ts';
import type { HeapGraph } from '../model/heap-graph.ts';
import type { MarkedStrings } from './marked-strings.ts';
import { EDGE_TYPE } from './type-numbers.ts';

/**
 * Marks the edges that keep something alive, in the sense of Chrome DevTools: not weak ones, nor those of a node to itself; of
 * the two that lead to a value in a WeakMap the one from the key alone; shortcuts only from the root; and none from what V8
 * keeps for itself to what users' code owns, or else a debugger would dominate half of the heap.
 *
 * @param essential by edge, gets those of the nodes from `from` to `to`
 * @param held by node, gets all that an essential edge leads to
 */
export function markEssentialEdges(
  graph: HeapGraph,
  marked: MarkedStrings,
  pageOwned: BitSet,
  essential: BitSet,
  held: BitSet,
  from: number,
  to: number,
): void {
  const { firstEdge, id } = graph.nodes;
  const { type, to: target, nameOrIndex } = graph.edges;
  const { hasWeakMaps } = marked;
  const { weak, shortcut, internal } = EDGE_TYPE;
  for (let node = from; node < to; node++) {
    const end = firstEdge[node + 1] as number;
    const isRoot = node === 0;
    const isOwned = isRoot || pageOwned.has(node);
    for (let edge = firstEdge[node] as number; edge < end; edge++) {
      const edgeType = type[edge];
      const to = target[edge] as number;
      if (edgeType === weak || to === node || (edgeType === shortcut && !isRoot)) continue;
      if (!isOwned && pageOwned.has(to)) continue;
      if (hasWeakMaps && edgeType === internal) {
        const name = nameOrIndex[edge] as number;
        if (marked.isWeakMapEdge(name) && marked.tableOf(name) === id[node]) continue;
      }
      essential.add(edge);
      held.add(to);
    }
  }
}
