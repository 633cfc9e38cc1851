import { inBlocks } from '../model/blocks.ts';
import type { Scratch } from '../model/scratch.ts';
import type { CallTree } from './call-tree.ts';
import { countsLike, type MergedStacks } from './merge-stacks.ts';
import { orderRows, type RowOrder } from './row-order.ts';

type Tree = Omit<CallTree, 'idle' | 'leftOut'>;
type Columns = Omit<Tree, 'length' | 'maxDepth'>;

export interface Ordered {
  readonly tree: Tree;
  /** Which of the rows before stands at each place of the tree; lent. */
  readonly rowAt: Uint32Array;
}

/** Drops rows that no sample hit, or none with anything to say, and puts the rest in depth-first order, heaviest child first. */
export function putHeaviestFirst(merged: MergedStacks, scratch: Scratch): Ordered {
  const order = orderRows(merged, merged, scratch);
  const { length } = order;
  const columns = {
    parent: new Int32Array(length).fill(-1, 0, 1),
    func: new Uint32Array(length),
    depth: new Uint16Array(length),
    end: new Uint32Array(length),
    self: new Float64Array(length),
    total: new Float64Array(length),
    selfCount: countsLike(merged.selfCount, length),
    totalCount: countsLike(merged.totalCount, length),
  };
  const rowAt = scratch.uint32(length);
  let maxDepth = 0;
  inBlocks(merged.length, (first, end) => {
    maxDepth = Math.max(maxDepth, putInPlace(merged, order, first, end, columns, rowAt));
  });
  return { tree: { length, ...columns, maxDepth }, rowAt };
}

/** One pass for all columns: a row is looked up, and that part of memory fetched, once. The depth of the deepest. */
function putInPlace(
  from: MergedStacks,
  { placeOf, rowsBelow }: RowOrder,
  first: number,
  endOfRows: number,
  { parent, func, depth, end, self, total, selfCount, totalCount }: Columns,
  rowAt: Uint32Array,
): number {
  const { parent: parentOf, func: funcOf, self: selfOf, total: totalOf } = from;
  const { selfCount: selfCountOf, totalCount: totalCountOf } = from;
  let deepest = 0;
  for (let row = first; row < endOfRows; row++) {
    const at = placeOf[row] as number;
    if (row > 0) {
      if (at === 0) continue;
      const above = placeOf[parentOf[row] as number] as number;
      const level = (depth[above] as number) + 1;
      parent[at] = above;
      depth[at] = level;
      if (level > deepest) deepest = level;
    }
    rowAt[at] = row;
    func[at] = funcOf[row] as number;
    end[at] = at + (rowsBelow[row] as number) + 1;
    self[at] = selfOf[row] as number;
    total[at] = totalOf[row] as number;
    selfCount[at] = selfCountOf[row] as number;
    totalCount[at] = totalCountOf[row] as number;
  }
  return deepest;
}
