import type { Micros, Profile } from '../model/profile.ts';
import { linkHeaviestFirst } from './heaviest-first.ts';
import { mergeStacks } from './merge-stacks.ts';
import { weighNodes } from './node-weights.ts';

export type IndexIntoCallTree = number;

/**
 * All stacks of a profile merged from the root: equal calls from equal callers are one row. Rows stand in depth-first
 * order, the heaviest child first; row 0 is the root, and the rows below row `r` are those before `end[r]`. `self` is
 * the time in the function itself, `total` that and all it called.
 */
export interface CallTree {
  readonly length: number;
  readonly parent: Int32Array;
  readonly func: Uint32Array;
  readonly depth: Uint16Array;
  /** One past the last row below this one. */
  readonly end: Uint32Array;
  /** In microseconds. */
  readonly self: Float64Array;
  readonly total: Float64Array;
  readonly selfSamples: Uint32Array;
  readonly totalSamples: Uint32Array;
  readonly maxDepth: number;
  /** What was left out because the thread was idle; zero when idle is part of the tree. */
  readonly idle: { readonly micros: Micros; readonly samples: number };
}

export interface CallTreeOptions {
  /** Count the time in which the thread had nothing to do. Left out by default: shares then tell of work. */
  readonly includeIdle?: boolean;
}

export function toCallTree(profile: Profile, options: CallTreeOptions = {}): CallTree {
  const weights = weighNodes(profile, options.includeIdle ?? false);
  const merged = mergeStacks(profile.nodes, weights);
  return { ...linkHeaviestFirst(merged), idle: weights.idle };
}

/** Rows of the direct callees, heaviest first, each with the function `visit`. */
export function forEachChild(tree: CallTree, row: IndexIntoCallTree, visit: (child: number) => void): void {
  const end = tree.end[row] as number;
  for (let child = row + 1; child < end; child = tree.end[child] as number) visit(child);
}
