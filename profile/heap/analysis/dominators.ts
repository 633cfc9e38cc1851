import type { BitSet } from '../memory/bit-set.ts';
import type { HeapGraph } from '../model/heap-graph.ts';
import { type DepthFirstOrder, UNNUMBERED } from './depth-first-order.ts';
import { rewind } from './retainers.ts';
import { STEP_ROWS, type Steps } from './steps.ts';

/**
 * Lists for each node the numbers of the nodes whose essential edges lead to it; `UNNUMBERED` stands for any other edge.
 *
 * @param first where the list of each node begins in `holders`
 */
export function* listHolders(
  graph: HeapGraph,
  essential: BitSet,
  number: Uint32Array,
  first: Uint32Array,
  holders: Uint32Array,
): Steps<void> {
  const { firstEdge, length } = graph.nodes;
  const { to } = graph.edges;
  let pause = STEP_ROWS;
  for (let node = 0; node < length; node++) {
    const end = firstEdge[node + 1] as number;
    const holder = number[node] as number;
    for (let edge = firstEdge[node] as number; edge < end; edge++) {
      const target = to[edge] as number;
      const slot = first[target] as number;
      first[target] = slot + 1;
      holders[slot] = essential.has(edge) ? holder : UNNUMBERED;
    }
    if (end < pause) continue;
    pause = end + STEP_ROWS;
    yield end / graph.edges.length;
  }
  rewind(first);
}

/** Columns by number that the search for dominators works in. */
export interface DominatorScratch {
  readonly ancestor: Uint32Array;
  readonly best: Uint32Array;
  readonly semi: Uint32Array;
  readonly stack: Uint32Array;
}

/**
 * Immediate dominators by SEMI-NCA: Loukas Georgiadis, "Linear-Time Algorithms for Dominators and Related Problems", Princeton
 * 2005, section 2.2. Semidominators are found as by Lengauer and Tarjan, with path compression; then each node's dominator is
 * the nearest of its parent's dominators that is no later than its semidominator.
 *
 * @param order `parent` is overwritten with the dominators, by number
 */
export function* findDominators(
  order: DepthFirstOrder,
  count: number,
  first: Uint32Array,
  holders: Uint32Array,
  scratch: DominatorScratch,
): Steps<void> {
  const { node, parent } = order;
  const { ancestor, best, semi, stack } = scratch;
  ancestor.set(parent.subarray(0, count));
  for (let at = 0; at < count; at++) best[at] = at;
  let looked = 0;
  let pause = STEP_ROWS;
  for (let at = count - 1; at > 0; at--) {
    const current = node[at] as number;
    const begin = first[current] as number;
    const end = first[current + 1] as number;
    let least = parent[at] as number;
    for (let slot = begin; slot < end; slot++) {
      const holder = holders[slot] as number;
      if (holder === UNNUMBERED) continue;
      const found =
        holder <= at || (ancestor[holder] as number) <= at
          ? (best[holder] as number)
          : compress(holder, at, ancestor, best, stack);
      if (found < least) least = found;
    }
    semi[at] = least;
    best[at] = least;
    looked += end - begin;
    if (looked < pause) continue;
    pause = looked + STEP_ROWS;
    yield looked / holders.length;
  }
  for (let at = 1; at < count; at++) {
    const limit = semi[at] as number;
    let dominator = parent[at] as number;
    while (dominator > limit) dominator = parent[dominator] as number;
    parent[at] = dominator;
  }
}

/** The least semidominator on the way from `from` up to what is not linked yet, with that way made shorter for the next time. */
function compress(
  from: number,
  last: number,
  ancestor: Uint32Array,
  best: Uint32Array,
  stack: Uint32Array,
): number {
  let height = 0;
  let at = from;
  do {
    stack[height++] = at;
    at = ancestor[at] as number;
  } while ((ancestor[at] as number) > last);
  const top = ancestor[at] as number;
  let least = best[at] as number;
  while (height > 0) {
    const below = stack[--height] as number;
    ancestor[below] = top;
    const own = best[below] as number;
    if (own <= least) least = own;
    else best[below] = least;
  }
  return least;
}
