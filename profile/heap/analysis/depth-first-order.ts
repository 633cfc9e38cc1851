import type { BitSet } from '../memory/bit-set.ts';
import type { HeapGraph } from '../model/heap-graph.ts';
import type { EssentialEdges } from './essential-edges.ts';
import { markPageOwned, pageRoots } from './page-owned.ts';
import { inRanges, STEP_ROWS, type Steps } from './steps.ts';
import { EDGE_TYPE } from './type-numbers.ts';

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
  /** How much there is on the stack. */
  height: number;
  /** See `AHEAD`. */
  touched: number;
}

/**
 * What a search in depth works on. On the stack are nodes that are still to be gone to, put there by each edge to one that has no number
 * yet: room for every edge is enough, or for one node. From where a node is gone to is where it was put there last, as the last one comes
 * off first; so until it has a number, the number of that one stands in its place.
 */
export interface SearchScratch {
  readonly essential: EssentialEdges;
  /** By node, empty. */
  readonly seen: BitSet;
  /** By node, empty. */
  readonly held: BitSet;
  readonly stack: Uint32Array;
}

/**
 * Numbers all nodes that essential edges lead to from the root, and from those that none leads to at all: these are taken as
 * held by the root, as in Chrome DevTools. What users' code owns comes first, as which edges of others are essential depends on it.
 *
 * @param order filled
 * @param pageOwned by node, empty; filled
 * @returns how many were reached
 */
export function* numberInDepth(
  graph: HeapGraph,
  order: DepthFirstOrder,
  scratch: SearchScratch,
  pageOwned: BitSet,
): Steps<number> {
  const { length } = graph.nodes;
  const { seen, held } = scratch;
  const search = { count: 0, height: 0, touched: 0 };
  const others = beginAtRoot(graph, order, scratch, search);
  while (!searchOwned(graph, order, scratch, search, others)) yield search.count / length;
  yield* findAllOwned(graph, order.parent.subarray(search.count), scratch, pageOwned);
  while (!searchSome(graph, order, scratch, search)) yield search.count / length;
  if (search.count === length) return length;
  yield* inRanges(length, (from, to) => markHeldByUnseen(graph, scratch, from, to));
  for (let start = seen.nextAbsent(1); start < length; start = seen.nextAbsent(start + 1)) {
    if (held.has(start)) continue;
    order.number[start] = 0;
    search.height = 1;
    scratch.stack[0] = start;
    while (!searchSome(graph, order, scratch, search)) yield search.count / length;
  }
  for (let node = seen.nextAbsent(0); node < length; node = seen.nextAbsent(node + 1))
    order.number[node] = length;
  return search.count;
}

/**
 * Numbers the root, and puts what it holds on the stack, with the roots of what users' code owns on top.
 *
 * @returns how much there is on the stack below them
 */
function beginAtRoot(
  graph: HeapGraph,
  { number, node, parent }: DepthFirstOrder,
  { essential, seen, held: passedBy, stack }: SearchScratch,
  search: SearchState,
): number {
  const roots = new Set(pageRoots(graph));
  if (roots.has(0)) passedBy.add(0);
  const end = graph.nodes.firstEdge[1] as number;
  const push = (ofRoots: boolean) => {
    for (let edge = 0; edge < end; edge++) {
      const held = graph.edges.to[edge] as number;
      if (roots.has(held) !== ofRoots || !essential.hasIfOwned(edge, 0)) continue;
      number[held] = 0;
      stack[search.height++] = held;
    }
  };
  seen.add(0);
  number[0] = 0;
  node[0] = 0;
  parent[0] = 0;
  search.count = 1;
  push(false);
  const others = search.height;
  push(true);
  return others;
}

/**
 * Marks what users' code owns when all that essential edges lead to was seen: that, and what others lead to that are not weak.
 *
 * @param room for every node that was not seen
 */
function* findAllOwned(
  { nodes, edges }: HeapGraph,
  room: Uint32Array,
  { seen, held: passedBy }: SearchScratch,
  pageOwned: BitSet,
): Steps<void> {
  pageOwned.words.set(seen.words);
  if (passedBy.has(0)) {
    for (let edge = 0; edge < (nodes.firstEdge[1] as number); edge++) {
      if (edges.type[edge] !== EDGE_TYPE.weak) passedBy.add(edges.to[edge] as number);
    }
  } else pageOwned.delete(0);
  yield* markPageOwned({ nodes, edges }, passedBy, pageOwned, room);
  passedBy.words.fill(0);
}

/** What was not seen can be held by nothing but what was not seen either. */
function markHeldByUnseen(
  { nodes, edges }: HeapGraph,
  { essential, seen, held }: SearchScratch,
  from: number,
  to: number,
): void {
  for (let node = seen.nextAbsent(from); node < to; node = seen.nextAbsent(node + 1)) {
    const isOwned = essential.isOwned(node);
    const end = nodes.firstEdge[node + 1] as number;
    for (let edge = nodes.firstEdge[node] as number; edge < end; edge++) {
      if (essential.has(edge, node, isOwned)) held.add(edges.to[edge] as number);
    }
  }
}

/**
 * Goes on among what users' code owns, and marks as held what edges lead to that are neither essential nor weak; the root too, where
 * any leads back to it.
 *
 * @param floor how much there is on the stack when all of it was seen
 * @returns whether that is so
 */
function searchOwned(
  graph: HeapGraph,
  order: DepthFirstOrder,
  { essential, seen, held, stack }: SearchScratch,
  search: SearchState,
  floor: number,
): boolean {
  const { firstEdge } = graph.nodes;
  const { to, type } = graph.edges;
  const { weak } = EDGE_TYPE;
  const { number, node: nodeOf, parent } = order;
  let { count, height, touched } = search;
  let left = STEP_ROWS;
  while (left > 0 && height > floor) {
    left--;
    const node = stack[--height] as number;
    if (seen.has(node)) continue;
    seen.add(node);
    parent[count] = number[node] as number;
    number[node] = count;
    nodeOf[count] = node;
    const current = count++;
    const begin = firstEdge[node] as number;
    const end = firstEdge[node + 1] as number;
    for (let edge = begin; edge < end; edge++) {
      const next = to[edge] as number;
      if (seen.has(next)) {
        if (next === 0 && type[edge] !== weak) held.add(0);
        continue;
      }
      if (!essential.hasIfOwned(edge, node)) {
        if (type[edge] !== weak) held.add(next);
        continue;
      }
      number[next] = current;
      stack[height++] = next;
      touched ^= firstEdge[next] as number;
    }
    left -= end - begin;
  }
  search.count = count;
  search.height = height;
  search.touched = touched;
  return height === floor;
}

/**
 * Goes on among all others: like `searchOwned`, but what is essential depends on who owns both ends, and nothing is passed by.
 *
 * @returns whether all was seen that the start leads to
 */
function searchSome(
  graph: HeapGraph,
  order: DepthFirstOrder,
  { essential, seen, stack }: SearchScratch,
  search: SearchState,
): boolean {
  const { firstEdge } = graph.nodes;
  const { to } = graph.edges;
  const { number, node: nodeOf, parent } = order;
  let { count, height, touched } = search;
  let left = STEP_ROWS;
  while (left > 0 && height > 0) {
    left--;
    const node = stack[--height] as number;
    if (seen.has(node)) continue;
    seen.add(node);
    parent[count] = number[node] as number;
    number[node] = count;
    nodeOf[count] = node;
    const current = count++;
    const begin = firstEdge[node] as number;
    const end = firstEdge[node + 1] as number;
    const isOwned = essential.isOwned(node);
    for (let edge = begin; edge < end; edge++) {
      const next = to[edge] as number;
      if (seen.has(next) || !essential.has(edge, node, isOwned)) continue;
      number[next] = current;
      stack[height++] = next;
      touched ^= firstEdge[next] as number;
    }
    left -= end - begin;
  }
  search.count = count;
  search.height = height;
  search.touched = touched;
  return height === 0;
}
