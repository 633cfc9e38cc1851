import { type CallTree, toCallTree } from '../call-tree/call-tree.ts';
import { placeOf } from '../export/named-functions.ts';
import type { Profile } from '../model/profile.ts';

/**
 * A call tree as one line per call, sorted: its functions from the root's callee with their places, its total and its self. Equal
 * for two files that say the same, whatever the numbers that they give to functions.
 */
export function treePaths(profile: Profile, tree: CallTree = toCallTree(profile)): string[] {
  const paths: string[] = [];
  for (let row = 0; row < tree.length; row++) {
    const { name, url, line, column } = placeOf(profile, tree.func[row] as number);
    const above = row === 0 ? '' : `${paths[tree.parent[row] as number]} > `;
    paths.push(row === 0 ? '' : `${above}${name}@${url}:${line}:${column}`);
  }
  return paths.map((path, row) => `${path} (${tree.total[row]}, ${tree.self[row]})`).sort();
}
