import type { Counts } from '../model/add-up.ts';
import type { Profile } from '../model/profile.ts';
import { Scratch } from '../model/scratch.ts';
import { toStackView } from '../transform/stack-view.ts';
import type { Transform } from '../transform/transform.ts';
import { putHeaviestFirst } from './heaviest-first.ts';
import { mergeStacks } from './merge-stacks.ts';
import { type Amount, type WeighOptions, weighNodes } from './node-weights.ts';

export type IndexIntoCallTree = number;

/**
 * All stacks of a profile merged from the root: equal calls from equal callers are one row. Rows stand in depth-first
 * order, the heaviest child first; row 0 is the root, and the rows below row `r` are those before `end[r]`. `self` is
 * what the function itself took, `total` that and what all took that it called.
 */
export interface CallTree {
  readonly length: number;
  readonly parent: Int32Array;
  readonly func: Uint32Array;
  readonly depth: Uint16Array;
  /** One past the last row below this one. */
  readonly end: Uint32Array;
  /** In the unit of the value type that the tree was made of. */
  readonly self: Float64Array;
  readonly total: Float64Array;
  /** What is counted beside it: samples, objects, contentions; see `findCountOf`. */
  readonly selfCount: Counts;
  readonly totalCount: Counts;
  readonly maxDepth: number;
  /** What was left out because the thread was idle; zero when idle is part of the tree. */
  readonly idle: Amount;
  /** What the transforms `focus` and `drop` left out. */
  readonly leftOut: Amount;
}

export interface CallTreeOptions extends WeighOptions {
  /** What is done to the stacks, in this order. */
  readonly transforms?: readonly Transform[] | undefined;
}

export function toCallTree(profile: Profile, options: CallTreeOptions = {}): CallTree {
  const scratch = new Scratch();
  const weights = weighNodes(profile, options, scratch);
  const merged = mergeStacks(toStackView(profile, options.transforms ?? []), weights, scratch);
  const { tree } = putHeaviestFirst(merged, scratch);
  scratch.giveBack();
  return { ...tree, idle: weights.idle, leftOut: merged.leftOut };
}
