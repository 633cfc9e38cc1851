import type { Scratch } from '../model/scratch.ts';
import type { CallTree } from './call-tree.ts';
import { countsLike, type MergedStacks } from './merge-stacks.ts';

export interface Ordered {
  readonly tree: Omit<CallTree, 'idle' | 'leftOut'>;
  /** Which of the rows before stands at each place of the tree; lent. */
  readonly rowAt: Uint32Array;
}

/** Deeper than any column of depths can tell. */
const DEEPEST = 0xffff;

/** Drops rows that no sample hit, or none with anything to say, and puts the rest in depth-first order, heaviest child first. */
export function putHeaviestFirst(merged: MergedStacks, scratch: Scratch): Ordered {
  const { hitRows: length, siblings } = merged;
  const { firstChild, nextSibling } = siblings;
  const { parent: parentOf, func: funcOf, self: selfOf, total: totalOf } = merged;
  const { selfCount: selfCountOf, totalCount: totalCountOf } = merged;
  const rowAt = scratch.uint32(length);
  const parent = new Int32Array(length);
  const func = new Uint32Array(length);
  const depth = new Uint16Array(length);
  const end = new Uint32Array(length);
  const self = new Float64Array(length);
  const total = new Float64Array(length);
  const selfCount = countsLike(selfCountOf, length);
  const totalCount = countsLike(totalCountOf, length);
  /** Places of the rows above, by depth. */
  const open = scratch.uint32(DEEPEST + 1);
  let [row, above, level, maxDepth] = [0, -1, 0, 0];
  // One pass for all columns: a row is looked up, and that part of memory fetched, once. The links are the stack.
  for (let at = 0; ; at++) {
    rowAt[at] = row;
    parent[at] = above;
    depth[at] = level;
    func[at] = funcOf[row] as number;
    self[at] = selfOf[row] as number;
    total[at] = totalOf[row] as number;
    selfCount[at] = selfCountOf[row] as number;
    totalCount[at] = totalCountOf[row] as number;
    const child = firstChild[row] as number;
    if (child !== 0) {
      open[level++] = at;
      above = at;
      row = child;
      continue;
    }
    if (level > maxDepth) maxDepth = level;
    end[at] = at + 1;
    while (level > 0 && nextSibling[row] === 0) {
      row = parentOf[row] as number;
      end[open[--level] as number] = at + 1;
    }
    if (level === 0) break;
    above = open[level - 1] as number;
    row = nextSibling[row] as number;
  }
  const tree = { length, parent, func, depth, end, self, total, selfCount, totalCount, maxDepth };
  return { tree, rowAt };
}
