import { type FunctionTotals, toFunctionTotals } from '../call-tree/function-totals.ts';
import type { IndexIntoFunctionTable } from '../model/profile.ts';
import type { Diff, DiffSide } from './diff-tree.ts';

/** Self and total of every function on both sides. */
export interface FunctionDifferences {
  readonly before: FunctionTotals;
  readonly after: FunctionTotals;
  /** The one above all stacks, which is no function: its total is that of everything. */
  readonly root: IndexIntoFunctionTable;
}

export function toFunctionDifferences({ tree, functions }: Diff): FunctionDifferences {
  const totalsOf = (side: DiffSide) => toFunctionTotals({ ...tree, ...side }, functions.length);
  return { before: totalsOf(tree.before), after: totalsOf(tree.after), root: tree.func[0] as number };
}
