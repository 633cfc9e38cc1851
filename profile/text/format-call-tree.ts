import type { CallTree } from '../call-tree/call-tree.ts';
import type { Profile } from '../model/profile.ts';

/** The tree as indented lines of `name (total: ms, self: ms)`, to be compared in tests and read in a terminal. */
export function formatCallTree(profile: Profile, tree: CallTree): string[] {
  const lines: string[] = [];
  for (let row = 0; row < tree.length; row++) {
    const name = profile.strings[profile.functions.name[tree.func[row] as number] as number];
    const millis = (column: Float64Array) => (column[row] as number) / 1000;
    const indent = '  '.repeat(tree.depth[row] as number);
    lines.push(`${indent}${name} (total: ${millis(tree.total)}, self: ${millis(tree.self)})`);
  }
  return lines;
}
