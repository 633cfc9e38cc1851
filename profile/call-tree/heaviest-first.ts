import type { Counts } from '../model/add-up.ts';
import type { CallTree } from './call-tree.ts';
import type { MergedStacks } from './merge-stacks.ts';

export interface Ordered {
  readonly tree: Omit<CallTree, 'idle' | 'leftOut'>;
  /** Where each row of the tree stood before. */
  readonly order: Uint32Array;
}

/** Drops rows that no sample hit, or none with anything to say, and puts the rest in depth-first order, heaviest child first. */
export function putHeaviestFirst(merged: MergedStacks): Ordered {
  const place = toPlaces(merged);
  const length = place.end[0] as number;
  const order = new Uint32Array(length);
  const parent = new Int32Array(length).fill(-1);
  const end = new Uint32Array(length);
  for (let row = 0; row < merged.length; row++) {
    if (place.end[row] === 0) continue;
    const at = place.start[row] as number;
    order[at] = row;
    end[at] = place.end[row] as number;
    if (row > 0) parent[at] = place.start[merged.parent[row] as number] as number;
  }
  const { depth, maxDepth } = toDepths(parent);
  const tree = {
    length,
    parent,
    depth,
    maxDepth,
    end,
    func: pick(merged.func, order),
    self: pick(merged.self, order),
    total: pick(merged.total, order),
    selfCount: pick(merged.selfCount, order),
    totalCount: pick(merged.totalCount, order),
  };
  return { tree, order };
}

/** Where each row goes, and where what is below it ends; the end of a row that is dropped is 0. */
interface Places {
  readonly start: Uint32Array;
  readonly end: Uint32Array;
}

/** A parent stands before its children, so it knows its place when they need to know theirs. */
function toPlaces(merged: MergedStacks): Places {
  const { length } = merged;
  const { first, children } = toChildren(merged);
  const size = toSizes(merged);
  const start = new Uint32Array(length);
  const end = new Uint32Array(length);
  end[0] = size[0] as number;
  for (let row = 0; row < length; row++) {
    let next = (start[row] as number) + 1;
    for (let at = first[row] as number; at < (first[row + 1] as number); at++) {
      const child = children[at] as number;
      start[child] = next;
      next += size[child] as number;
      end[child] = next;
    }
  }
  return { start, end };
}

/** The children of each row that are kept, one family after the other, each heaviest first. */
function toChildren(merged: MergedStacks): { first: Uint32Array; children: Uint32Array } {
  const { length, parent } = merged;
  const first = new Uint32Array(length + 1);
  for (let row = 1; row < length; row++) {
    const above = parent[row] as number;
    if (isHit(merged, row)) first[above + 1] = (first[above + 1] as number) + 1;
  }
  for (let row = 0; row < length; row++) first[row + 1] = (first[row + 1] as number) + (first[row] as number);
  const next = first.slice(0, length);
  const children = new Uint32Array(first[length] as number);
  for (let row = 1; row < length; row++) {
    if (!isHit(merged, row)) continue;
    const above = parent[row] as number;
    const at = next[above] as number;
    next[above] = at + 1;
    children[at] = row;
  }
  for (let row = 0; row < length; row++)
    sortFamily(merged, children, first[row] as number, first[row + 1] as number);
  return { first, children };
}

function toSizes(merged: MergedStacks): Uint32Array {
  const size = new Uint32Array(merged.length);
  for (let row = merged.length - 1; row > 0; row--) {
    if (!isHit(merged, row)) continue;
    size[row] = (size[row] as number) + 1;
    const above = merged.parent[row] as number;
    size[above] = (size[above] as number) + (size[row] as number);
  }
  size[0] = (size[0] as number) + 1;
  return size;
}

function isHit({ total, totalCount }: MergedStacks, row: number): boolean {
  return (total[row] as number) > 0 || (totalCount[row] as number) > 0;
}

/** Above this a family is sorted by the engine; nearly all are of a few. */
const FEW = 24;

function sortFamily({ total, func }: MergedStacks, children: Uint32Array, from: number, to: number): void {
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
    let before = at - 1;
    for (; before >= from; before--) {
      const other = children[before] as number;
      const otherWeight = total[other] as number;
      if (otherWeight > weight || (otherWeight === weight && (func[other] as number) < (func[row] as number)))
        break;
      children[before + 1] = other;
    }
    children[before + 1] = row;
  }
}

function toDepths(parent: Int32Array): { depth: Uint16Array; maxDepth: number } {
  const depth = new Uint16Array(parent.length);
  let maxDepth = 0;
  for (let row = 1; row < parent.length; row++) {
    const below = (depth[parent[row] as number] as number) + 1;
    depth[row] = below;
    if (below > maxDepth) maxDepth = below;
  }
  return { depth, maxDepth };
}

/** A column of the tree from one of its rows before. */
export function pick<T extends Counts>(values: T, order: Uint32Array): T {
  // Of the same kind of array; it is written over from the front.
  const picked = values.slice(0, order.length) as T;
  for (let row = 0; row < order.length; row++) picked[row] = values[order[row] as number] as number;
  return picked;
}
