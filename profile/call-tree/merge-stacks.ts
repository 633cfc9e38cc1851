import type { Counts } from '../model/add-up.ts';
import type { StackView } from '../transform/stack-view.ts';
import { LEFT_OUT, type Stacks } from '../transform/stacks.ts';
import type { Amount, NodeWeights } from './node-weights.ts';

/** Like a call tree, but in any order in which a parent stands before its children. */
export interface MergedStacks extends Stacks {
  readonly self: Float64Array;
  readonly total: Float64Array;
  readonly selfCount: Counts;
  readonly totalCount: Counts;
}

/** Gives every row what its nodes took themselves, and sums up from the leaves. */
export function mergeStacks(
  { stacks, rowOfNode }: StackView,
  weights: NodeWeights,
): MergedStacks & { readonly leftOut: Amount } {
  const self = new Float64Array(stacks.length);
  const selfCount = new (weights.count instanceof Uint32Array ? Uint32Array : Float64Array)(stacks.length);
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
  const total = new Float64Array(stacks.length);
  const totalCount = new (weights.count instanceof Uint32Array ? Uint32Array : Float64Array)(stacks.length);
  sumUp(stacks.parent, self, selfCount, total, totalCount);
  return { ...stacks, self, total, selfCount, totalCount, leftOut };
}

/** A parent stands before its children, so one pass from the end carries every value up to the root. */
function sumUp(
  parent: Int32Array,
  self: Float64Array,
  selfCount: Counts,
  total: Float64Array,
  totalCount: Counts,
): void {
  for (let row = parent.length - 1; row > 0; row--) {
    const above = parent[row] as number;
    const value = (total[row] as number) + (self[row] as number);
    const count = (totalCount[row] as number) + (selfCount[row] as number);
    total[row] = value;
    totalCount[row] = count;
    total[above] = (total[above] as number) + value;
    totalCount[above] = (totalCount[above] as number) + count;
  }
  total[0] = (total[0] as number) + (self[0] as number);
  totalCount[0] = (totalCount[0] as number) + (selfCount[0] as number);
}
