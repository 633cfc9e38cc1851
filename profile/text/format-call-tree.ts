import type { CallTree } from '../call-tree/call-tree.ts';
import type { Profile } from '../model/profile.ts';

/** As `name (total: …, self: …)`, times in milliseconds; to be compared in tests and read in a terminal. */
export function formatCallTree(profile: Profile, tree: CallTree): string[] {
  const lines: string[] = [];
  const scale = profile.valueTypes[profile.defaultValueType]?.unit === 'microseconds' ? 1000 : 1;
  for (let row = 0; row < tree.length; row++) {
    const name = profile.strings[profile.functions.name[tree.func[row] as number] as number];
    const shown = (column: Float64Array) => (column[row] as number) / scale;
    const indent = '  '.repeat(tree.depth[row] as number);
    lines.push(`${indent}${name} (total: ${shown(tree.total)}, self: ${shown(tree.self)})`);
  }
  return lines;
}
