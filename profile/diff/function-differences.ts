import { type FunctionTotals, toFunctionTotals } from '../call-tree/function-totals.ts';
import type { IndexIntoFunctionTable } from '../model/profile.ts';
import type { Diff, DiffSide } from './diff-tree.ts';

/** Self and total of every function on both sides. */
export interface FunctionDifferences {
  readonly before: FunctionTotals;
  readonly after: FunctionTotals;
  /** The one above all stacks, which is no function and in no ranking. */
  readonly root: IndexIntoFunctionTable;
}

export function toFunctionDifferences({ tree, functions }: Diff): FunctionDifferences {
  const totalsOf = (side: DiffSide) => toFunctionTotals({ ...tree, ...side }, functions.length);
  return { before: totalsOf(tree.before), after: totalsOf(tree.after), root: tree.func[0] as number };
}

/** The functions that differ, those that differ most first, whether they grew or shrank. */
export function rankDifferences(
  { before, after, root }: FunctionDifferences,
  by: 'self' | 'total',
): Uint32Array<ArrayBuffer> {
  const size = after[by].map((value, func) => Math.abs(value - (before[by][func] as number)));
  const differing: IndexIntoFunctionTable[] = [];
  for (let func = 0; func < size.length; func++) {
    if ((size[func] as number) > 0 && func !== root) differing.push(func);
  }
  return Uint32Array.from(differing).sort((a, b) => (size[b] as number) - (size[a] as number) || a - b);
}
