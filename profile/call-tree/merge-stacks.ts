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
  for (let node = 0; node < rowOfNode.length; node++) {
    const row = rowOfNode[node] as number;
    if (row === LEFT_OUT) {
      leftOut.value += weights.self[node] as number;
      leftOut.count += weights.count[node] as number;
      continue;
    }
    self[row] = (self[row] as number) + (weights.self[node] as number);
    selfCount[row] = (selfCount[row] as number) + (weights.count[node] as number);
  }
  const total = sumUp(self.slice(), stacks.parent);
  const totalCount = sumUp(selfCount.slice(), stacks.parent);
  return { ...stacks, self, total, selfCount, totalCount, leftOut };
}

/** A parent stands before its children, so one pass from the end carries every value up to the root. */
function sumUp<T extends Counts>(values: T, parent: Int32Array): T {
  for (let row = values.length - 1; row > 0; row--) {
    const above = parent[row] as number;
    values[above] = (values[above] as number) + (values[row] as number);
  }
  return values;
}
