import type { DiffTree, IndexIntoCallTree, IndexIntoFunctionTable } from '#profile/index.ts';

/** The call of a function that differs most: where its row in the list of changes leads in the picture. */
export function mostChangedCall(tree: DiffTree, func: IndexIntoFunctionTable): IndexIntoCallTree {
  let found = 0;
  let most = -1;
  for (let row = 1; row < tree.length; row++) {
    if (tree.func[row] !== func) continue;
    const change = Math.abs((tree.after.total[row] as number) - (tree.before.total[row] as number));
    // Of two that differ alike the wider one is easier to see.
    if (change < most || (change === most && (tree.total[row] as number) <= (tree.total[found] as number)))
      continue;
    found = row;
    most = change;
  }
  return found;
}
