import type { Counts } from '../model/add-up.ts';
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
  /** How many rows that is, with the root. */
  readonly hitRows: number;
}

/** Gives every row what its nodes took themselves, and sums up from the leaves. */
export function mergeStacks(
  { stacks, rowOfNode }: StackView,
  weights: NodeWeights,
): MergedStacks & { readonly leftOut: Amount } {
  const self = new Float64Array(stacks.length);
  const selfCount = countsLike(weights.count, stacks.length);
  const leftOut = { value: 0, count: 0 };
  const { self: selfOfNode, count: countOfNode } = weights;
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
  return { ...stacks, self, selfCount, ...sumUp(stacks, self, selfCount), leftOut };
}

/**
 * A parent stands before its children, so one pass from the end carries every value up to the root, and puts each row among its
 * siblings on the way.
 */
function sumUp(stacks: Stacks, self: Float64Array, selfCount: Counts) {
  const { length, parent } = stacks;
  const total = new Float64Array(length);
  const totalCount = countsLike(selfCount, length);
  const siblings = new SortedSiblings(stacks, total);
  let hitRows = 1;
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
    hitRows++;
  }
  total[0] = (total[0] as number) + (self[0] as number);
  totalCount[0] = (totalCount[0] as number) + (selfCount[0] as number);
  return { total, totalCount, siblings: siblings.finish(), hitRows };
}

/** Stacks whose totals are known. */
export function withSiblings(stacks: Omit<MergedStacks, 'siblings' | 'hitRows'>): MergedStacks {
  const { length, parent, total, totalCount } = stacks;
  const siblings = new SortedSiblings(stacks, total);
  let hitRows = 1;
  for (let row = length - 1; row > 0; row--) {
    const weight = total[row] as number;
    if (!(weight > 0 || (totalCount[row] as number) > 0)) continue;
    siblings.add(parent[row] as number, row, weight);
    hitRows++;
  }
  return { ...stacks, siblings: siblings.finish(), hitRows };
}

/** As wide as they are. */
export function countsLike(counts: Counts, length: number): Counts {
  return counts instanceof Uint32Array ? new Uint32Array(length) : new Float64Array(length);
}
