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
  /** The number of the node whose edges were looked at last and not left yet. */
  current: number;
  /** How much there is on the stack. */
  height: number;
  /** See `AHEAD`. */
  touched: number;
}

/**
 * What a search in depth works on. On the stack are nodes that are still to be gone to, and `LEAVE` below those that the edges of a node
 * have led to: room for every edge is enough, or for one node, as each edge brings one, in whose place `LEAVE` comes.
 */
interface SearchScratch {
  readonly essential: EssentialEdges;
  /** By node. */
  readonly seen: BitSet;
  readonly stack: Uint32Array;
}

/** Back from the node that was gone to last. */
const LEAVE = 0xffffffff;

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
  const search = { count: 0, current: 0, height: 0, touched: 0 };
  begin(scratch, search, 0);
  while (!searchSome(graph, order, scratch, search)) yield search.count / length;
  if (search.count === length) return length;
  yield* inRanges(length, (from, to) => markHeldByUnseen(graph, scratch, held, from, to));
  for (let start = 1; start < length; start++) {
    if (seen.has(start) || held.has(start)) continue;
    begin(scratch, search, start);
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

/** Begins at a node that counts as held by the root. */
function begin({ stack }: SearchScratch, search: SearchState, start: number): void {
  search.current = 0;
  search.height = 1;
  stack[0] = start;
}

/** @returns whether all was seen that the start leads to */
function searchSome(
  graph: HeapGraph,
  order: DepthFirstOrder,
  { essential, seen, stack }: SearchScratch,
  search: SearchState,
): boolean {
  const { firstEdge } = graph.nodes;
  const { to } = graph.edges;
  const { number, node: nodeOf, parent } = order;
  let { count, current, height, touched } = search;
  let left = STEP_ROWS;
  while (left > 0 && height > 0) {
    left--;
    const node = stack[--height] as number;
    if (node === LEAVE) {
      current = parent[current] as number;
      continue;
    }
    if (seen.has(node)) continue;
    seen.add(node);
    number[node] = count;
    nodeOf[count] = node;
    parent[count] = current;
    current = count++;
    // Below the lowest there is nothing to go back to.
    if (height > 0) stack[height++] = LEAVE;
    const begin = firstEdge[node] as number;
    const end = firstEdge[node + 1] as number;
    const isOwned = essential.isOwned(node);
    for (let edge = begin; edge < end; edge++) {
      const next = to[edge] as number;
      if (seen.has(next) || !essential.has(edge, node, isOwned)) continue;
      stack[height++] = next;
      touched ^= firstEdge[next] as number;
    }
    left -= end - begin;
  }
  search.count = count;
  search.current = current;
  search.height = height;
  search.touched = touched;
  return height === 0;
}
