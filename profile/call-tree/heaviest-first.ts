import { inBlocks } from '../model/blocks.ts';
import type { Scratch } from '../model/scratch.ts';
import type { CallTree } from './call-tree.ts';
import { countsLike, type MergedStacks } from './merge-stacks.ts';
import { isShown, orderRows, type RowOrder } from './row-order.ts';

type Tree = Omit<CallTree, 'idle' | 'leftOut'>;
type Columns = Omit<Tree, 'length' | 'maxDepth'>;

export interface Ordered {
  readonly tree: Tree;
  /** The place in the tree of each of the rows before; 0 for the root, and for those that are dropped. Lent. */
  readonly placeOf: Uint32Array;
}

/** Drops rows that no sample hit, or none with anything to say, and puts the rest in depth-first order, heaviest child first. */
export function putHeaviestFirst(merged: MergedStacks, scratch: Scratch): Ordered {
  const order = orderRows(merged, merged, scratch);
  const length = (order.rowsBelow[0] as number) + 1;
  const columns = {
    parent: new Int32Array(length).fill(-1, 0, 1),
    func: new Uint32Array(length).fill(merged.func[0] as number, 0, 1),
    depth: new Uint16Array(length),
    end: new Uint32Array(length).fill(length, 0, 1),
    self: new Float64Array(length).fill(merged.self[0] as number, 0, 1),
    total: new Float64Array(length).fill(merged.total[0] as number, 0, 1),
    selfCount: countsLike(merged.selfCount, length).fill(merged.selfCount[0] as number, 0, 1),
    totalCount: countsLike(merged.totalCount, length).fill(merged.totalCount[0] as number, 0, 1),
  };
  const placeOf = scratch.uint32(merged.length);
  let maxDepth = 0;
  inBlocks(merged.length, (first, end) => {
    maxDepth = Math.max(maxDepth, putInPlace(merged, order, first, end, columns, placeOf));
  });
  return { tree: { length, ...columns, maxDepth }, placeOf };
}

/**
 * Counts each row's place off from the end of what is below its parent. One pass for all columns: a row is looked up, and that part
 * of memory fetched, once. The depth of the deepest.
 */
function putInPlace(
  from: MergedStacks,
  { rowsBelow, rowsAfter }: RowOrder,
  first: number,
  endOfRows: number,
  { parent, func, depth, end, self, total, selfCount, totalCount }: Columns,
  placeOf: Uint32Array,
): number {
  const { parent: parentOf, func: funcOf, self: selfOf, total: totalOf } = from;
  const { selfCount: selfCountOf, totalCount: totalCountOf } = from;
  let deepest = 0;
  for (let row = Math.max(1, first); row < endOfRows; row++) {
    const weight = totalOf[row] as number;
    const count = totalCountOf[row] as number;
    if (!isShown(weight, count)) continue;
    const above = placeOf[parentOf[row] as number] as number;
    const behind = (end[above] as number) - (rowsAfter[row] as number);
    const at = behind - (rowsBelow[row] as number) - 1;
    placeOf[row] = at;
    parent[at] = above;
    end[at] = behind;
    func[at] = funcOf[row] as number;
    self[at] = selfOf[row] as number;
    total[at] = weight;
    selfCount[at] = selfCountOf[row] as number;
    totalCount[at] = count;
    const level = (depth[above] as number) + 1;
    depth[at] = level;
    if (level > deepest) deepest = level;
  }
  return deepest;
}
