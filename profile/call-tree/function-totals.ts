import type { Counts } from '../model/add-up.ts';
import type { CallTree } from './call-tree.ts';
import { countsLike } from './merge-stacks.ts';

/** Self and total of every function, by its index into the function table. */
export interface FunctionTotals {
  /** In the unit of the tree. */
  readonly self: Float64Array;
  /** A function that calls itself, directly or not, is counted once: the total never exceeds the profile's. */
  readonly total: Float64Array;
  readonly selfCount: Counts;
  readonly totalCount: Counts;
}

export function toFunctionTotals(tree: CallTree, functionCount: number): FunctionTotals {
  const self = new Float64Array(functionCount);
  const total = new Float64Array(functionCount);
  const selfCount = countsLike(tree.selfCount, functionCount);
  const totalCount = countsLike(tree.totalCount, functionCount);
  /** One past the rows below the outermost call of the function that is open now. */
  const openUntil = new Uint32Array(functionCount);
  for (let row = 0; row < tree.length; row++) {
    const func = tree.func[row] as number;
    self[func] = (self[func] as number) + (tree.self[row] as number);
    selfCount[func] = (selfCount[func] as number) + (tree.selfCount[row] as number);
    if (row < (openUntil[func] as number)) continue;
    openUntil[func] = tree.end[row] as number;
    total[func] = (total[func] as number) + (tree.total[row] as number);
    totalCount[func] = (totalCount[func] as number) + (tree.totalCount[row] as number);
  }
  return { self, total, selfCount, totalCount };
}
