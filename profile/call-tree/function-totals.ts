import type { CallTree } from './call-tree.ts';

/** Self and total of every function, by its index into the function table. */
export interface FunctionTotals {
  /** In microseconds. */
  readonly self: Float64Array;
  /** A function that calls itself, directly or not, is counted once: the total never exceeds the profile's. */
  readonly total: Float64Array;
  readonly selfSamples: Uint32Array;
  readonly totalSamples: Uint32Array;
}

export function toFunctionTotals(tree: CallTree, functionCount: number): FunctionTotals {
  const totals = {
    self: new Float64Array(functionCount),
    total: new Float64Array(functionCount),
    selfSamples: new Uint32Array(functionCount),
    totalSamples: new Uint32Array(functionCount),
  };
  /** One past the rows below the outermost call of the function that is open now. */
  const openUntil = new Uint32Array(functionCount);
  for (let row = 0; row < tree.length; row++) {
    const func = tree.func[row] as number;
    totals.self[func] = (totals.self[func] as number) + (tree.self[row] as number);
    totals.selfSamples[func] = (totals.selfSamples[func] as number) + (tree.selfSamples[row] as number);
    if (row < (openUntil[func] as number)) continue;
    openUntil[func] = tree.end[row] as number;
    totals.total[func] = (totals.total[func] as number) + (tree.total[row] as number);
    totals.totalSamples[func] = (totals.totalSamples[func] as number) + (tree.totalSamples[row] as number);
  }
  return totals;
}
