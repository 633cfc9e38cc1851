import type { StackView } from '../transform/stack-view.ts';
import { LEFT_OUT } from '../transform/stacks.ts';

export type IndexIntoTimedStacks = number;

/**
 * The stacks of a profile with equal calls from equal callers as one row, so that a frame that goes on is one frame. A
 * parent stands before its children; row 0 is the root.
 */
export interface TimedStacks {
  readonly length: number;
  /** -1 for the root. */
  readonly parent: Int32Array;
  readonly func: Uint32Array;
  readonly depth: Uint16Array;
  /**
   * A row further up, at a distance that depends on the depth alone, by which any caller of a stack of n frames is found in
   * log n steps (Myers, An applicative random-access stack, 1983).
   */
  readonly jump: Uint32Array;
  /** From the profile's nodes to rows; undefined where they are the same. */
  readonly rowOfNode: Uint32Array | undefined;
}

/** What is left out of a view has an empty stack: nothing of it can be seen. */
export function toTimedStacks({ stacks, rowOfNode }: StackView): TimedStacks {
  const { length, parent, func } = stacks;
  const depth = new Uint16Array(length);
  for (let row = 1; row < length; row++) depth[row] = (depth[parent[row] as number] as number) + 1;
  return { length, parent, func, depth, jump: toJumps(parent, depth), rowOfNode: toRows(rowOfNode) };
}

function toRows(rowOfNode: Int32Array | undefined): Uint32Array | undefined {
  return rowOfNode && Uint32Array.from(rowOfNode, (row) => (row === LEFT_OUT ? 0 : row));
}

function toJumps(parent: Int32Array, depth: Uint16Array): Uint32Array {
  const jump = new Uint32Array(parent.length);
  for (let row = 1; row < parent.length; row++) {
    const above = parent[row] as number;
    const far = jump[above] as number;
    const first = (depth[above] as number) - (depth[far] as number);
    const second = (depth[far] as number) - (depth[jump[far] as number] as number);
    jump[row] = first === second ? (jump[far] as number) : above;
  }
  return jump;
}

/** The row itself or its caller at a depth that is not below it. */
export function callerAt(
  stacks: TimedStacks,
  row: IndexIntoTimedStacks,
  depth: number,
): IndexIntoTimedStacks {
  const { depth: depths, parent, jump } = stacks;
  let at = row;
  while ((depths[at] as number) > depth) {
    const far = jump[at] as number;
    at = (depths[far] as number) >= depth ? far : (parent[at] as number);
  }
  return at;
}

/** Stacks that part further up than this are compared by jumps. */
const STEPS = 48;

/** How deep two stacks are the same. */
export function sharedDepth(
  stacks: TimedStacks,
  one: IndexIntoTimedStacks,
  other: IndexIntoTimedStacks,
): number {
  const { parent, depth } = stacks;
  let a = one;
  let b = other;
  // A parent stands before its children: the later of two rows is never above the other.
  for (let step = 0; step < STEPS && a !== b; step++) {
    if (a > b) a = parent[a] as number;
    else b = parent[b] as number;
  }
  return a === b ? (depth[a] as number) : sharedDepthByJumps(stacks, a, b);
}

function sharedDepthByJumps(stacks: TimedStacks, one: number, other: number): number {
  const { parent, depth, jump } = stacks;
  const least = Math.min(depth[one] as number, depth[other] as number);
  let a = callerAt(stacks, one, least);
  let b = callerAt(stacks, other, least);
  while (a !== b) {
    const isApart = jump[a] !== jump[b];
    a = (isApart ? jump[a] : parent[a]) as number;
    b = (isApart ? jump[b] : parent[b]) as number;
  }
  return depth[a] as number;
}

/** How many frames the stacks have at most, the root not counted. */
export function deepestOf({ depth }: TimedStacks): number {
  let deepest = 0;
  for (let row = 0; row < depth.length; row++)
    if ((depth[row] as number) > deepest) deepest = depth[row] as number;
  return deepest;
}
