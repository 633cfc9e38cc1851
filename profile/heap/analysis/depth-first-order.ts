import type { BitSet } from '../memory/bit-set.ts';
import type { HeapGraph } from '../model/heap-graph.ts';
import type { EssentialEdges } from './essential-edges.ts';
import { inRanges, STEP_ROWS, type Steps } from './steps.ts';

/** Nodes in the order in which a search in depth meets them first; the root has number 0. */
export interface DepthFirstOrder {
  /** By node; of one that is not reached as many as there are nodes. */
  readonly number: Uint32Array;
  /** By number. */
  readonly node: Uint32Array;
  /** By number: from which one the search came. */
  readonly parent: Uint32Array;
}

/** Where a search in depth is. */
interface SearchState {
  /** How many have a number. */
  count: number;
  /** The number of the node that is looked at. */
  current: number;
  /** Where the search began. */
  start: number;
}

/** What a search in depth works on: `seen` by node, the next edge to look at by number. */
interface SearchScratch {
  readonly essential: EssentialEdges;
  readonly seen: BitSet;
  readonly cursor: Uint32Array;
}

/**
 * Numbers all nodes that essential edges lead to from the root, and from those that none leads to at all: these are taken as
 * held by the root, as in Chrome DevTools.
 *
 * @param order filled
 * @param held by node, empty
 * @returns how many were reached
 */
export function* numberInDepth(
  graph: HeapGraph,
  order: DepthFirstOrder,
  scratch: SearchScratch,
  held: BitSet,
): Steps<number> {
  const { length } = graph.nodes;
  const { seen } = scratch;
  order.number.fill(length);
  const search = { count: 0, current: 0, start: 0 };
  begin(graph, order, scratch, search, 0);
  while (!searchSome(graph, order, scratch, search)) yield search.count / length;
  if (search.count === length) return length;
  yield* inRanges(length, (from, to) => markHeldByUnseen(graph, scratch, held, from, to));
  for (let start = 1; start < length; start++) {
    if (seen.has(start) || held.has(start)) continue;
    begin(graph, order, scratch, search, start);
    while (!searchSome(graph, order, scratch, search)) yield search.count / length;
  }
  return search.count;
}

/** What was not seen can be held by nothing but what was not seen either. */
function markHeldByUnseen(
  { nodes, edges }: HeapGraph,
  { essential, seen }: SearchScratch,
  held: BitSet,
  from: number,
  to: number,
): void {
  for (let node = from; node < to; node++) {
    if (seen.has(node)) continue;
    const isOwned = essential.isOwned(node);
    const end = nodes.firstEdge[node + 1] as number;
    for (let edge = nodes.firstEdge[node] as number; edge < end; edge++) {
      if (essential.has(edge, node, isOwned)) held.add(edges.to[edge] as number);
    }
  }
}

function begin(
  graph: HeapGraph,
  order: DepthFirstOrder,
  scratch: SearchScratch,
  search: SearchState,
  start: number,
): void {
  const number = search.count++;
  scratch.seen.add(start);
  order.number[start] = number;
  order.node[number] = start;
  order.parent[number] = 0;
  scratch.cursor[number] = graph.nodes.firstEdge[start] as number;
  search.current = number;
  search.start = number;
}

/** @returns whether all was seen that the start leads to */
function searchSome(
  graph: HeapGraph,
  order: DepthFirstOrder,
  { essential, seen, cursor }: SearchScratch,
  search: SearchState,
): boolean {
  const { firstEdge } = graph.nodes;
  const { to } = graph.edges;
  const { number, node: nodeOf, parent } = order;
  let { count, current } = search;
  let left = STEP_ROWS;
  while (left > 0) {
    const node = nodeOf[current] as number;
    const end = firstEdge[node + 1] as number;
    const isOwned = essential.isOwned(node);
    let edge = cursor[current] as number;
    while (edge < end && (seen.has(to[edge] as number) || !essential.has(edge, node, isOwned))) edge++;
    left -= edge - (cursor[current] as number) + 1;
    if (edge < end) {
      const next = to[edge] as number;
      cursor[current] = edge + 1;
      seen.add(next);
      number[next] = count;
      nodeOf[count] = next;
      parent[count] = current;
      cursor[count] = firstEdge[next] as number;
      current = count++;
    } else if (current === search.start) {
      search.count = count;
      return true;
    } else current = parent[current] as number;
  }
  search.count = count;
  search.current = current;
  return false;
}
