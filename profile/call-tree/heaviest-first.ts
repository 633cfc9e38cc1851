import type { Counts } from '../model/add-up.ts';
import type { CallTree } from './call-tree.ts';
import type { MergedStacks } from './merge-stacks.ts';

const NONE = -1;

/** Drops rows that no sample hit, or none with anything to say, and puts the rest in depth-first order, heaviest child first. */
export function linkHeaviestFirst(merged: MergedStacks): Omit<CallTree, 'idle' | 'leftOut'> {
  const { firstChild, nextSibling } = linkChildren(merged);
  const order = depthFirst(merged.parent, firstChild, nextSibling);
  const newRow = new Uint32Array(merged.length);
  for (let row = 0; row < order.length; row++) newRow[order[row] as number] = row;

  const length = order.length;
  const parent = new Int32Array(length);
  const depth = new Uint16Array(length);
  let maxDepth = 0;
  for (let row = 0; row < length; row++) {
    const above = merged.parent[order[row] as number] as number;
    parent[row] = above < 0 ? NONE : (newRow[above] as number);
    depth[row] = above < 0 ? 0 : (depth[parent[row] as number] as number) + 1;
    maxDepth = Math.max(maxDepth, depth[row] as number);
  }
  return {
    length,
    parent,
    depth,
    maxDepth,
    end: toEnds(parent),
    func: pick(merged.func, order),
    self: pick(merged.self, order),
    total: pick(merged.total, order),
    selfCount: pick(merged.selfCount, order),
    totalCount: pick(merged.totalCount, order),
  };
}

/** Sorting all rows once by weight and pushing each to the front of its parent's list leaves every list sorted. */
function linkChildren(merged: MergedStacks): { firstChild: Int32Array; nextSibling: Int32Array } {
  const { length, parent, total, totalCount, func } = merged;
  const firstChild = new Int32Array(length).fill(NONE);
  const nextSibling = new Int32Array(length).fill(NONE);
  const hit: number[] = [];
  for (let row = 1; row < length; row++) {
    if ((totalCount[row] as number) > 0 || (total[row] as number) > 0) hit.push(row);
  }
  const lightestFirst = Uint32Array.from(hit).sort(
    (a, b) => (total[a] as number) - (total[b] as number) || (func[b] as number) - (func[a] as number),
  );
  for (const row of lightestFirst) {
    const above = parent[row] as number;
    nextSibling[row] = firstChild[above] as number;
    firstChild[above] = row;
  }
  return { firstChild, nextSibling };
}

function depthFirst(parent: Int32Array, firstChild: Int32Array, nextSibling: Int32Array): Uint32Array {
  const order = new Uint32Array(parent.length);
  let count = 0;
  let row = 0;
  for (;;) {
    order[count++] = row;
    if (firstChild[row] !== NONE) {
      row = firstChild[row] as number;
      continue;
    }
    while (row !== 0 && nextSibling[row] === NONE) row = parent[row] as number;
    if (row === 0) return order.subarray(0, count);
    row = nextSibling[row] as number;
  }
}

function toEnds(parent: Int32Array): Uint32Array {
  const end = Uint32Array.from(parent, (_, row) => row + 1);
  for (let row = parent.length - 1; row > 0; row--) {
    const above = parent[row] as number;
    end[above] = Math.max(end[above] as number, end[row] as number);
  }
  return end;
}

function pick<T extends Counts>(values: T, order: Uint32Array): T {
  // Of the same kind of array; it is written over from the front.
  const picked = values.slice(0, order.length) as T;
  for (let row = 0; row < order.length; row++) picked[row] = values[order[row] as number] as number;
  return picked;
}
