import type { HeapMemory } from '../memory/heap-memory.ts';
import type { HeapGraph } from '../model/heap-graph.ts';
import { type DepthFirstOrder, UNNUMBERED } from './depth-first-order.ts';
import type { EssentialEdges } from './essential-edges.ts';
import { rewind } from './retainers.ts';
import { inRanges, STEP_ROWS, type Steps } from './steps.ts';

/**
 * Lists for each node the numbers of the nodes whose essential edges lead to it; `UNNUMBERED` stands for any other edge.
 *
 * @param first where the list of each node begins in `holders`
 */
export function* listHolders(
  graph: HeapGraph,
  essential: EssentialEdges,
  number: Uint32Array,
  first: Uint32Array,
  holders: Uint32Array,
): Steps<void> {
  yield* inRanges(graph.nodes.length, (from, to) => {
    sortHolders(graph, essential, number, first, holders, from, to);
  });
  rewind(first);
}

function sortHolders(
  graph: HeapGraph,
  essential: EssentialEdges,
  number: Uint32Array,
  first: Uint32Array,
  holders: Uint32Array,
  from: number,
  to: number,
): void {
  const { firstEdge } = graph.nodes;
  const target = graph.edges.to;
  for (let node = from; node < to; node++) {
    const end = firstEdge[node + 1] as number;
    const holder = number[node] as number;
    const isOwned = essential.isOwned(node);
    for (let edge = firstEdge[node] as number; edge < end; edge++) {
      const held = target[edge] as number;
      const slot = first[held] as number;
      first[held] = slot + 1;
      holders[slot] = essential.has(edge, node, isOwned) ? holder : UNNUMBERED;
    }
  }
}

/** Columns by number that the search for dominators works in. */
export interface DominatorScratch {
  readonly ancestor: Uint32Array;
  readonly best: Uint32Array;
  readonly semi: Uint32Array;
  readonly memory: HeapMemory;
}

/** A way up is short, but for lists of a million links. */
const FIRST_STACK = 1 << 12;

/** What is still to be done on the way up, which has no end that is known. */
class ClimbStack {
  values: Uint32Array<ArrayBuffer>;
  readonly #memory: HeapMemory;

  constructor(memory: HeapMemory) {
    this.#memory = memory;
    this.values = memory.uint32(FIRST_STACK);
  }

  grow(): void {
    this.values = new Uint32Array(this.#memory.resize(this.values, this.values.byteLength * 2));
  }

  release(): void {
    this.#memory.release(this.values);
  }
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
  scratch.ancestor.set(order.parent.subarray(0, count));
  for (let at = 0; at < count; at++) scratch.best[at] = at;
  const stack = new ClimbStack(scratch.memory);
  for (let end = count; end > 1; end -= STEP_ROWS) {
    const begin = Math.max(1, end - STEP_ROWS);
    findSemidominators(order, first, holders, scratch, stack, begin, end);
    yield 1 - begin / count;
  }
  stack.release();
  climb(order.parent, scratch.semi, count);
}

/** For the numbers from `begin` to before `end`, the last first. */
function findSemidominators(
  { node, parent }: DepthFirstOrder,
  first: Uint32Array,
  holders: Uint32Array,
  { ancestor, best, semi }: DominatorScratch,
  stack: ClimbStack,
  begin: number,
  end: number,
): void {
  for (let at = end - 1; at >= begin; at--) {
    const current = node[at] as number;
    const to = first[current + 1] as number;
    let least = parent[at] as number;
    for (let slot = first[current] as number; slot < to; slot++) {
      const holder = holders[slot] as number;
      if (holder === UNNUMBERED) continue;
      // A holder that comes earlier is itself the semidominator that it offers; so is the best of one that hangs on to such.
      let found = holder;
      if (holder > at) {
        found = best[holder] as number;
        if ((ancestor[holder] as number) > at) found = compress(holder, at, ancestor, best, stack);
      }
      if (found < least) least = found;
    }
    semi[at] = least;
    best[at] = least;
  }
}

/** From semidominators to dominators: up from the parent until it is early enough. */
function climb(parent: Uint32Array, semi: Uint32Array, count: number): void {
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
  stack: ClimbStack,
): number {
  let { values } = stack;
  let height = 0;
  let at = from;
  do {
    if (height === values.length) {
      stack.grow();
      values = stack.values;
    }
    values[height++] = at;
    at = ancestor[at] as number;
  } while ((ancestor[at] as number) > last);
  const top = ancestor[at] as number;
  let least = best[at] as number;
  while (height > 0) {
    const below = values[--height] as number;
    ancestor[below] = top;
    const own = best[below] as number;
    if (own <= least) least = own;
    else best[below] = least;
  }
  return least;
}
