import type { Counts } from '../model/add-up.ts';
import type { CallTree } from './call-tree.ts';
import type { MergedStacks } from './merge-stacks.ts';

export interface Ordered {
  readonly tree: Omit<CallTree, 'idle' | 'leftOut'>;
  readonly places: Places;
}

/** Where rows went. */
export interface Places {
  /** How many were kept. */
  readonly length: number;
  /** The new place of each row that was kept. */
  readonly start: Uint32Array;
  /** How many kept rows there are with those below it: 0 for a row that was dropped. */
  readonly size: Uint32Array;
}

/** Drops rows that no sample hit, or none with anything to say, and puts the rest in depth-first order, heaviest child first. */
export function putHeaviestFirst(merged: MergedStacks): Ordered {
  const places = toPlaces(merged);
  const { length, start, size } = places;
  const tree = {
    length,
    parent: new Int32Array(length),
    func: new Uint32Array(length),
    depth: new Uint16Array(length),
    end: new Uint32Array(length),
    self: new Float64Array(length),
    total: new Float64Array(length),
    selfCount: countsLike(merged.selfCount, length),
    totalCount: countsLike(merged.totalCount, length),
    maxDepth: 0,
  };
  // One pass for all columns: a row's new place is looked up, and that part of memory fetched, once.
  for (let row = 0; row < merged.length; row++) {
    if (size[row] === 0) continue;
    const at = start[row] as number;
    tree.end[at] = at + (size[row] as number);
    tree.func[at] = merged.func[row] as number;
    tree.self[at] = merged.self[row] as number;
    tree.total[at] = merged.total[row] as number;
    tree.selfCount[at] = merged.selfCount[row] as number;
    tree.totalCount[at] = merged.totalCount[row] as number;
    if (row === 0) continue;
    const above = start[merged.parent[row] as number] as number;
    tree.parent[at] = above;
    tree.depth[at] = (tree.depth[above] as number) + 1;
  }
  tree.parent[0] = -1;
  tree.maxDepth = tree.depth.reduce((deepest, depth) => Math.max(deepest, depth), 0);
  return { tree, places };
}

/** A column of the rows before, in the order of the tree. */
export function moveTo<T extends Counts | Uint8Array>({ start, size }: Places, values: T, into: T): T {
  for (let row = 0; row < values.length; row++) {
    if (size[row] !== 0) into[start[row] as number] = values[row] as number;
  }
  return into;
}

/** As wide as they are. */
export function countsLike(counts: Counts, length: number): Counts {
  return counts instanceof Uint32Array ? new Uint32Array(length) : new Float64Array(length);
}

/** A parent stands before its children, so it knows its place when they need to know theirs. */
function toPlaces(merged: MergedStacks): Places {
  const { length, total, func } = merged;
  const size = toSizes(merged);
  const { first, children } = toFamilies(merged, size);
  const start = new Uint32Array(length);
  for (let row = 0; row < length; row++) {
    const from = first[row] as number;
    const to = first[row + 1] as number;
    if (from === to) continue;
    if (to - from > 1) sortFamily(total, func, children, from, to);
    let next = (start[row] as number) + 1;
    for (let at = from; at < to; at++) {
      const child = children[at] as number;
      start[child] = next;
      next += size[child] as number;
    }
  }
  return { length: size[0] as number, start, size };
}

function toSizes({ length, parent, total, totalCount }: MergedStacks): Uint32Array {
  const size = new Uint32Array(length);
  for (let row = length - 1; row > 0; row--) {
    if (!((total[row] as number) > 0 || (totalCount[row] as number) > 0)) continue;
    const own = (size[row] as number) + 1;
    const above = parent[row] as number;
    size[row] = own;
    size[above] = (size[above] as number) + own;
  }
  size[0] = (size[0] as number) + 1;
  return size;
}

/** The children of each row that are kept, one family after the other: from `first` of the row to that of the next. */
function toFamilies({ length, parent }: MergedStacks, size: Uint32Array) {
  // Counted two places further on, each sum of what is before is where the next family begins.
  const first = new Uint32Array(length + 2);
  for (let row = 1; row < length; row++) {
    const at = (parent[row] as number) + 2;
    if (size[row] !== 0) first[at] = (first[at] as number) + 1;
  }
  let sum = 0;
  for (let at = 2; at < first.length; at++) {
    sum += first[at] as number;
    first[at] = sum;
  }
  const children = new Uint32Array(sum);
  for (let row = 1; row < length; row++) {
    if (size[row] === 0) continue;
    const family = (parent[row] as number) + 1;
    const at = first[family] as number;
    first[family] = at + 1;
    children[at] = row;
  }
  return { first, children };
}

/** Above this a family is sorted by the engine; nearly all are of a few. */
const FEW = 24;

/** The heaviest first, then in the order of the functions. */
function sortFamily(
  total: Float64Array,
  func: Uint32Array,
  children: Uint32Array,
  from: number,
  to: number,
): void {
  if (to - from > FEW) {
    children
      .subarray(from, to)
      .sort(
        (a, b) => (total[b] as number) - (total[a] as number) || (func[a] as number) - (func[b] as number),
      );
    return;
  }
  for (let at = from + 1; at < to; at++) {
    const row = children[at] as number;
    const weight = total[row] as number;
    let free = at;
    for (; free > from; free--) {
      const other = children[free - 1] as number;
      const otherWeight = total[other] as number;
      if (otherWeight > weight || (otherWeight === weight && (func[other] as number) < (func[row] as number)))
        break;
      children[free] = other;
    }
    children[free] = row;
  }
}
