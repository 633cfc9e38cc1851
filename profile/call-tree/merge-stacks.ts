import type { Counts } from '../model/add-up.ts';
import type { NodeTable } from '../model/profile.ts';
import { TupleTable } from '../model/tuple-table.ts';
import type { NodeWeights } from './node-weights.ts';

/** Like a call tree, but in the order of first sight; a parent still stands before its children. */
export interface MergedStacks {
  readonly length: number;
  readonly parent: Int32Array;
  readonly func: Uint32Array;
  readonly self: Float64Array;
  readonly total: Float64Array;
  readonly selfCount: Counts;
  readonly totalCount: Counts;
}

/** Makes one row of all nodes with equal function and equal merged parent, and sums up from the leaves. */
export function mergeStacks(nodes: NodeTable, weights: NodeWeights): MergedStacks {
  const rows = new TupleTable(2);
  const rowOfNode = new Uint32Array(nodes.length);
  for (let node = 0; node < nodes.length; node++) {
    const above = nodes.parent[node] as number;
    const parentRow = above < 0 ? -1 : (rowOfNode[above] as number);
    rowOfNode[node] = rows.intern(parentRow, nodes.func[node] as number);
  }
  const self = new Float64Array(rows.length);
  const selfCount = new (weights.count instanceof Uint32Array ? Uint32Array : Float64Array)(rows.length);
  for (let node = 0; node < nodes.length; node++) {
    const row = rowOfNode[node] as number;
    self[row] = (self[row] as number) + (weights.self[node] as number);
    selfCount[row] = (selfCount[row] as number) + (weights.count[node] as number);
  }
  const parent = new Int32Array(rows.column(0).buffer);
  const total = sumUp(self.slice(), parent);
  const totalCount = sumUp(selfCount.slice(), parent);
  return { length: rows.length, parent, func: rows.column(1), self, total, selfCount, totalCount };
}

/** A parent stands before its children, so one pass from the end carries every value up to the root. */
function sumUp<T extends Counts>(values: T, parent: Int32Array): T {
  for (let row = values.length - 1; row > 0; row--) {
    const above = parent[row] as number;
    values[above] = (values[above] as number) + (values[row] as number);
  }
  return values;
}
