import { type IndexIntoHeapEdges, type IndexIntoHeapNodes, UNREACHABLE } from '../model/heap-graph.ts';
import { EDGE_TYPE } from '../names/node-type.ts';
import type { OpenHeap } from './open-heap.ts';
import type { Reach } from './reach.ts';

/**
 * The edge by which a node is held on a shortest way from the root: its holder is one step nearer. So whoever follows them
 * arrives, and of the two edges to a value in a WeakMap the farther one counts, without which the nearer holds nothing. Of
 * equal ones that which somebody wrote goes before that which V8 keeps. Undefined for the root and for what is not reached.
 */
export function nearestRetainer(
  { analysis, cells }: OpenHeap,
  reach: Reach,
  node: IndexIntoHeapNodes,
): IndexIntoHeapEdges | undefined {
  const own = reach.distanceOf(node);
  if (own === UNREACHABLE) return undefined;
  const { firstRetainer, retainingEdge, graph } = cells.analysis;
  let best: IndexIntoHeapEdges | undefined;
  for (let at = firstRetainer.get(node); at < firstRetainer.get(node + 1); at++) {
    const edge = retainingEdge.get(at);
    const type = graph.edges.type.get(edge);
    if (type === EDGE_TYPE.weak) continue;
    const holder = analysis.holderOf(edge);
    // The root is far from its own user objects: it is counted among what V8 alone holds.
    const isNearer = own === 1 ? holder === 0 : reach.distanceOf(holder) === own - 1;
    if (!isNearer) continue;
    if (type !== EDGE_TYPE.internal && type !== EDGE_TYPE.hidden) return edge;
    best ??= edge;
  }
  return best;
}
