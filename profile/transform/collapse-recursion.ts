import { linkTree, NONE } from '../model/linked-tree.ts';
import type { Regrouped, Stacks } from './stacks.ts';
import { StacksBuilder } from './stacks-builder.ts';

/**
 * No function stands twice in a stack: a call of one that is open goes back to its box, and what is called from there hangs
 * below that box. Takes time in proportion to the rows however deep they are: which box of a function is open, and which
 * box is open at which depth, are kept while walking down and put back while walking up.
 */
export function collapseRecursion(stacks: Stacks, functionCount: number): Regrouped {
  const { length, parent, func } = stacks;
  const { firstChild, nextSibling } = linkTree(parent);
  const builder = new StacksBuilder(func[0] as number, length);
  const rowOf = new Int32Array(length);
  /** Of the new rows. */
  const depthOf = new Int32Array(length);
  const openAtDepth = new Int32Array(length);
  const openOfFunction = new Int32Array(functionCount).fill(NONE);
  /** What an old row has put itself in place of. */
  const wasAtDepth = new Int32Array(length);
  const wasOfFunction = new Int32Array(length).fill(NONE);
  openOfFunction[func[0] as number] = 0;

  const enter = (row: number) => {
    const above = rowOf[parent[row] as number] as number;
    const called = func[row] as number;
    const open = openOfFunction[called] as number;
    wasOfFunction[row] = open;
    const depthAbove = depthOf[above] as number;
    const isOpen =
      open !== NONE &&
      (depthOf[open] as number) <= depthAbove &&
      openAtDepth[depthOf[open] as number] === open;
    const into = isOpen ? open : builder.rowOf(above, called);
    if (!isOpen) depthOf[into] = depthAbove + 1;
    const depth = depthOf[into] as number;
    wasAtDepth[row] = openAtDepth[depth] as number;
    openAtDepth[depth] = into;
    openOfFunction[called] = into;
    rowOf[row] = into;
  };
  const leave = (row: number) => {
    openAtDepth[depthOf[rowOf[row] as number] as number] = wasAtDepth[row] as number;
    openOfFunction[func[row] as number] = wasOfFunction[row] as number;
  };

  let row = 0;
  for (;;) {
    const child = firstChild[row] as number;
    if (child !== NONE) {
      row = child;
      enter(row);
      continue;
    }
    while (row !== 0 && nextSibling[row] === NONE) {
      leave(row);
      row = parent[row] as number;
    }
    if (row === 0) return { stacks: builder.finish(), rowOf };
    leave(row);
    row = nextSibling[row] as number;
    enter(row);
  }
}
