import type { Counts } from '../model/add-up.ts';
import type { Scratch } from '../model/scratch.ts';
import type { StackView } from '../transform/stack-view.ts';
import { LEFT_OUT, type Stacks } from '../transform/stacks.ts';
import type { Amount, NodeWeights } from './node-weights.ts';
import { SortedSiblings } from './sorted-siblings.ts';

/** Like a call tree, but in any order in which a parent stands before its children. */
export interface MergedStacks extends Stacks {
  readonly self: Float64Array;
  readonly total: Float64Array;
  readonly selfCount: Counts;
  readonly totalCount: Counts;
  /** Those rows that a sample hit, or with anything to say. */
  readonly siblings: SortedSiblings;
}

/** By row. */
export interface SelfColumns {
  readonly self: Float64Array;
  readonly selfCount: Counts;
}

/** Gives every row what its nodes took themselves, and sums up from the leaves. All that is new of it is lent. */
export function mergeStacks(
  view: StackView,
  weights: NodeWeights,
  scratch: Scratch,
): MergedStacks & { readonly leftOut: Amount } {
  const { stacks } = view;
  const { leftOut, ...own } = sumRows(view.rowOfNode, stacks.length, weights, scratch);
  return { ...stacks, ...own, ...sumUp(stacks, own, scratch), leftOut };
}

/** What the nodes of each of so many rows took themselves. */
export function sumRows(
  rowOfNode: Int32Array,
  length: number,
  weights: NodeWeights,
  scratch: Scratch,
): SelfColumns & { readonly leftOut: Amount } {
  const { self: selfOfNode, count: countOfNode } = weights;
  const self = scratch.float64(length);
  const selfCount = scratch.like(countOfNode, length);
  const leftOut = { value: 0, count: 0 };
  for (let node = 0; node < rowOfNode.length; node++) {
    const row = rowOfNode[node] as number;
    if (row === LEFT_OUT) {
      leftOut.value += selfOfNode[node] as number;
      leftOut.count += countOfNode[node] as number;
      continue;
    }
    self[row] = (self[row] as number) + (selfOfNode[node] as number);
    selfCount[row] = (selfCount[row] as number) + (countOfNode[node] as number);
  }
  return { self, selfCount, leftOut };
}

/**
 * A parent stands before its children, so one pass from the end carries every value up to the root, and puts each row among its
 * siblings on the way.
 */
function sumUp(stacks: Stacks, { self, selfCount }: SelfColumns, scratch: Scratch) {
  const { length, parent } = stacks;
  const total = scratch.float64(length);
  const totalCount = scratch.like(selfCount, length);
  const siblings = new SortedSiblings(stacks, total, scratch);
  for (let row = length - 1; row > 0; row--) {
    const value = (total[row] as number) + (self[row] as number);
    const count = (totalCount[row] as number) + (selfCount[row] as number);
    if (!(value > 0 || count > 0)) continue;
    const above = parent[row] as number;
    total[row] = value;
    totalCount[row] = count;
    total[above] = (total[above] as number) + value;
    totalCount[above] = (totalCount[above] as number) + count;
    siblings.add(above, row, value);
  }
  total[0] = (total[0] as number) + (self[0] as number);
  totalCount[0] = (totalCount[0] as number) + (selfCount[0] as number);
  return { total, totalCount, siblings: siblings.finish() };
}

/** Stacks whose totals are known. */
export function withSiblings(stacks: Omit<MergedStacks, 'siblings'>, scratch: Scratch): MergedStacks {
  const { length, parent, total, totalCount } = stacks;
  const siblings = new SortedSiblings(stacks, total, scratch);
  for (let row = length - 1; row > 0; row--) {
    const weight = total[row] as number;
    if (!(weight > 0 || (totalCount[row] as number) > 0)) continue;
    siblings.add(parent[row] as number, row, weight);
  }
  return { ...stacks, siblings: siblings.finish() };
}

/** As wide as they are. */
export function countsLike(counts: Counts, length: number): Counts {
  return counts instanceof Uint32Array ? new Uint32Array(length) : new Float64Array(length);
}
