import type { HeapMemory } from '../memory/heap-memory.ts';
import type { HeapGraph } from '../model/heap-graph.ts';
import type { DepthFirstOrder } from './depth-first-order.ts';
import type { EssentialEdges } from './essential-edges.ts';
import { rewind } from './retainers.ts';
import { AHEAD, inRanges, part, STEP_ROWS, type Steps } from './steps.ts';

/**
 * Lists for each node the numbers of the nodes whose essential edges lead to it; for any other edge
 * there stands a number that no node has: how many nodes there are.
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
  const nobody = graph.nodes.length;
  for (let node = from; node < to; node++) {
    const end = firstEdge[node + 1] as number;
    const holder = number[node] as number;
    const isOwned = essential.isOwned(node);
    for (let edge = firstEdge[node] as number; edge < end; edge++) {
      const held = target[edge] as number;
      const slot = first[held] as number;
      first[held] = slot + 1;
      holders[slot] = essential.has(edge, node, isOwned) ? holder : nobody;
    }
  }
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
 * @param semi room for every number
 * @param links room for two entries of every number
 */
export function* findDominators(
  order: Omit<DepthFirstOrder, 'number'>,
  count: number,
  first: Uint32Array,
  holders: Uint32Array,
  semi: Uint32Array,
  links: Uint32Array,
  memory: HeapMemory,
): Steps<void> {
  const nobody = order.node.length;
  const stack = new ClimbStack(memory);
  const climb: Climb = { at: count, branchEnd: count - 1, least: nobody, touched: 0 };
  while (climb.at > 1) {
    findSemidominators(order, first, holders, semi, links, stack, climb);
    yield (1 - climb.at / count) * SHARE_OF_SEMIDOMINATORS;
  }
  stack.release();
  const finding = inRanges(count, (from, to) => findFromSemidominators(order.parent, semi, from, to));
  yield* part(SHARE_OF_SEMIDOMINATORS, 1, finding);
}

const SHARE_OF_SEMIDOMINATORS = 0.9;

/** How far semidominators are found, from the last number to the first. */
interface Climb {
  /** For all from there on. */
  at: number;
  /** The last number of the branch that comes next: a branch is what hangs on to one child of the root in the search. */
  branchEnd: number;
  /** The least semidominator in the branch so far. */
  least: number;
  /** See `AHEAD`. */
  touched: number;
}

/**
 * For some of the numbers before `climb.at`, the last first. Of holders that come later most are not looked behind. None in the same
 * branch offers less than the least semidominator that was found there, and each in a branch that comes later offers the root: by way
 * of the child of the root on which that branch hangs. So of objects that all others refer to, as the descriptions of their shapes, a
 * few holders tell.
 *
 * @param links of each number the ancestor and the best on the way there, side by side, as they are asked for together
 */
function findSemidominators(
  { node, parent }: Omit<DepthFirstOrder, 'number'>,
  first: Uint32Array,
  holders: Uint32Array,
  semi: Uint32Array,
  links: Uint32Array,
  stack: ClimbStack,
  climb: Climb,
): void {
  const nobody = node.length;
  const lastLink = links.length - 1;
  let { at, branchEnd, least: leastOfBranch, touched } = climb;
  let left = STEP_ROWS;
  while (left > 0 && at > 1) {
    at--;
    touched ^= first[node[Math.max(0, at - 2 * AHEAD)] as number] as number;
    touched ^= holders[first[node[Math.max(0, at - AHEAD)] as number] as number] as number;
    const current = node[at] as number;
    const from = first[current] as number;
    const to = first[current + 1] as number;
    const above = parent[at] as number;
    let least = above;
    let ahead = from;
    for (let slot = from; slot < to; slot++) {
      const holder = holders[slot] as number;
      if (holder < at) {
        // One that comes earlier is itself the semidominator that it offers.
        if (holder < least) least = holder;
      } else if (holder > branchEnd) {
        if (holder === nobody) continue;
        least = 0;
        break;
      } else if (least > leastOfBranch) {
        if (slot >= ahead) {
          const until = Math.min(to, slot + AHEAD);
          for (ahead = slot; ahead < until; ahead++)
            touched ^= links[Math.min(2 * (holders[ahead] as number), lastLink)] as number;
        }
        // So is the best of one that hangs on to such.
        let found = links[2 * holder + 1] as number;
        if ((links[2 * holder] as number) > at) found = compress(holder, at, links, stack);
        if (found < least) least = found;
      }
    }
    left -= to - from + 1;
    semi[at] = least;
    links[2 * at] = above;
    links[2 * at + 1] = least;
    if (least < leastOfBranch) leastOfBranch = least;
    if (above === 0) {
      branchEnd = at - 1;
      leastOfBranch = nobody;
    }
  }
  climb.at = at;
  climb.branchEnd = branchEnd;
  climb.least = leastOfBranch;
  climb.touched = touched;
}

/** From semidominators to dominators: up from the parent until it is early enough. */
function findFromSemidominators(parent: Uint32Array, semi: Uint32Array, from: number, to: number): void {
  for (let at = Math.max(1, from); at < to; at++) {
    const limit = semi[at] as number;
    let dominator = parent[at] as number;
    while (dominator > limit) dominator = parent[dominator] as number;
    parent[at] = dominator;
  }
}

/** The least semidominator on the way from `from` up to what is not linked yet, with that way made shorter for the next time. */
function compress(from: number, last: number, links: Uint32Array, stack: ClimbStack): number {
  let { values } = stack;
  let height = 0;
  let at = from;
  do {
    if (height === values.length) {
      stack.grow();
      values = stack.values;
    }
    values[height++] = at;
    at = links[2 * at] as number;
  } while ((links[2 * at] as number) > last);
  const top = links[2 * at] as number;
  let least = links[2 * at + 1] as number;
  while (height > 0) {
    const below = values[--height] as number;
    links[2 * below] = top;
    const own = links[2 * below + 1] as number;
    if (own <= least) least = own;
    else links[2 * below + 1] = least;
  }
  return least;
}
