import type { CallTree, IndexIntoCallTree } from './call-tree.ts';

/** Rows of the direct callees, heaviest first, each with the function `visit`. */
export function forEachChild(tree: CallTree, row: IndexIntoCallTree, visit: (child: number) => void): void {
  const end = tree.end[row] as number;
  for (let child = row + 1; child < end; child = tree.end[child] as number) visit(child);
}

/** One more than the last function that occurs. */
export function functionCountOf({ func }: { readonly func: Uint32Array }): number {
  let last = 0;
  for (let row = 0; row < func.length; row++) if ((func[row] as number) > last) last = func[row] as number;
  return last + 1;
}
