import type { CallTree } from '../call-tree/call-tree.ts';
import type { Profile } from '../model/profile.ts';

/** What every stack took itself, as `main;parse 3000`: the whole of a tree without its order, to be compared in tests. */
export function selfOfStacks({ strings, functions }: Profile, tree: CallTree): string[] {
  const stacks: string[] = [];
  const lines: string[] = [];
  for (let row = 0; row < tree.length; row++) {
    const name = strings[functions.name[tree.func[row] as number] as number] ?? '';
    const above = stacks[tree.parent[row] as number];
    stacks.push(above === undefined ? '' : above === '' ? name : `${above};${name}`);
    const self = tree.self[row] as number;
    const count = tree.selfCount[row] as number;
    if (self !== 0 || count !== 0) lines.push(`${stacks[row]} ${self}/${count}`);
  }
  return lines.sort();
}
