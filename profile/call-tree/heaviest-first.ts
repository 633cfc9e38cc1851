import type { Scratch } from '../model/scratch.ts';
import type { CallTree } from './call-tree.ts';
import { countsLike, type MergedStacks } from './merge-stacks.ts';

export interface Ordered {
  readonly tree: Omit<CallTree, 'idle' | 'leftOut'>;
  /** Which of the rows before stands at each place of the tree; lent. */
  readonly rowAt: Uint32Array;
}

/**
 * Drops rows that no sample hit, or none with anything to say, and puts the rest in depth-first order, heaviest child first. A parent
 * knows where it stands before its children are come to, and gives each its place by how many rows are below those before it.
 */
export function putHeaviestFirst(merged: MergedStacks, scratch: Scratch): Ordered {
  const { firstChild, nextSibling, rowsBelow } = merged.siblings;
  const { func: funcOf, self: selfOf, total: totalOf } = merged;
  const { selfCount: selfCountOf, totalCount: totalCountOf } = merged;
  const length = (rowsBelow[0] as number) + 1;
  /** 0 for the root, and for what is dropped. */
  const placeOf = scratch.uint32(merged.length);
  const rowAt = scratch.uint32(length);
  const parent = new Int32Array(length).fill(-1, 0, 1);
  const func = new Uint32Array(length);
  const depth = new Uint16Array(length);
  const end = new Uint32Array(length);
  const self = new Float64Array(length);
  const total = new Float64Array(length);
  const selfCount = countsLike(selfCountOf, length);
  const totalCount = countsLike(totalCountOf, length);
  let maxDepth = 0;
  // One pass for all columns: a row is looked up, and that part of memory fetched, once.
  for (let row = 0; row < merged.length; row++) {
    const at = placeOf[row] as number;
    if (at === 0 && row !== 0) continue;
    rowAt[at] = row;
    func[at] = funcOf[row] as number;
    self[at] = selfOf[row] as number;
    total[at] = totalOf[row] as number;
    selfCount[at] = selfCountOf[row] as number;
    totalCount[at] = totalCountOf[row] as number;
    end[at] = at + (rowsBelow[row] as number) + 1;
    const level = (depth[at] as number) + 1;
    let place = at + 1;
    for (let child = firstChild[row] as number; child !== 0; child = nextSibling[child] as number) {
      placeOf[child] = place;
      parent[place] = at;
      depth[place] = level;
      if (level > maxDepth) maxDepth = level;
      place += (rowsBelow[child] as number) + 1;
    }
  }
  const tree = { length, parent, func, depth, end, self, total, selfCount, totalCount, maxDepth };
  return { tree, rowAt };
}
