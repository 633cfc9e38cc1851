import type { CallTree } from '../call-tree/call-tree.ts';
import { CallerRows } from './caller-rows.ts';
import { startsOfAll } from './starts.ts';

/**
 * The rows of a bottom-up table, which come into being when they are asked for: `callersOf(0)` are all functions by self,
 * `callersOf` of any other row its callers, and so on to where stacks begin. A row keeps its number. The columns of the tree
 * must stay as they are meanwhile.
 */
export type BottomUp = Omit<CallerRows, 'finish'>;

export function toBottomUp(tree: CallTree): BottomUp {
  const rootSelf = { value: tree.self[0] as number, count: tree.selfCount[0] as number };
  return new CallerRows(tree, startsOfAll(tree), rootSelf);
}
