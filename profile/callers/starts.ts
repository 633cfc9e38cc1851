import type { CallTree } from '../call-tree/call-tree.ts';
import type { IndexIntoFunctionTable } from '../model/profile.ts';
import type { Starts } from './caller-rows.ts';

/** Every row that took something itself. */
export function startsOfAll({ length, self, selfCount }: CallTree): Starts {
  let found = 0;
  const rows = new Uint32Array(length);
  for (let row = 1; row < length; row++) {
    if ((self[row] as number) > 0 || (selfCount[row] as number) > 0) rows[found++] = row;
  }
  return { rows: rows.slice(0, found), value: self, count: selfCount };
}

/**
 * The innermost calls of a function, with what they and all that they called took: every stack with the function counts once,
 * however often it stands in it, and what called it again from within is among its callers.
 */
export function startsOfFunction(tree: CallTree, func: IndexIntoFunctionTable): Starts {
  const value = tree.self.slice();
  const count = tree.selfCount.slice();
  let found = 0;
  const rows = new Uint32Array(tree.length);
  for (let row = tree.length - 1; row > 0; row--) {
    const above = tree.parent[row] as number;
    if (tree.func[row] !== func) {
      value[above] = (value[above] as number) + (value[row] as number);
      count[above] = (count[above] as number) + (count[row] as number);
    } else if ((value[row] as number) > 0 || (count[row] as number) > 0) rows[found++] = row;
  }
  return { rows: rows.slice(0, found).reverse(), value, count };
}
