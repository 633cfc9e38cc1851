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
  const { length, start, size } = toRelativePlaces(merged);
  const parent = new Int32Array(length);
  const func = new Uint32Array(length);
  const depth = new Uint16Array(length);
  const end = new Uint32Array(length);
  const self = new Float64Array(length);
  const total = new Float64Array(length);
  const selfCount = countsLike(merged.selfCount, length);
  const totalCount = countsLike(merged.totalCount, length);
  let maxDepth = 0;
  // One pass for all columns: a row's new place is looked up, and that part of memory fetched, once.
  for (let row = 0; row < size.length; row++) {
    const rows = size[row] as number;
    if (rows === 0) continue;
    // A parent's place, from which it is counted, is known before its children come.
    const above = row === 0 ? 0 : (start[merged.parent[row] as number] as number);
    const at = above + (start[row] as number);
    start[row] = at;
    end[at] = at + rows;
    func[at] = merged.func[row] as number;
    self[at] = merged.self[row] as number;
    total[at] = merged.total[row] as number;
    selfCount[at] = merged.selfCount[row] as number;
    totalCount[at] = merged.totalCount[row] as number;
    if (row === 0) continue;
    const below = (depth[above] as number) + 1;
    parent[at] = above;
    depth[at] = below;
    if (below > maxDepth) maxDepth = below;
  }
  parent[0] = -1;
  const tree = { length, parent, func, depth, end, self, total, selfCount, totalCount, maxDepth };
  return { tree, places: { length, start, size } };
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

/**
 * From the last row to the first, so that what is below a row is known when the row is reached: each child's place counted
 * from its parent's.
 */
function toRelativePlaces(merged: MergedStacks): Places {
  const { length, parent, total, totalCount } = merged;
  const size = new Uint32Array(length);
  const start = new Uint32Array(length);
  const families = new Families(merged, size, start);
  for (let row = length - 1; row > 0; row--) {
    if (!((total[row] as number) > 0 || (totalCount[row] as number) > 0)) continue;
    size[row] = families.place(row) + 1;
    families.add(parent[row] as number, row);
  }
  size[0] = families.place(0) + 1;
  return { length: size[0] as number, start, size };
}

/** Above this a family is sorted by the engine; nearly all are of a few. */
const FEW = 24;
/** The root is nobody's child. */
const NONE = 0;

/** The children of each row. */
class Families {
  readonly #total: Float64Array;
  readonly #func: Uint32Array;
  readonly #size: Uint32Array;
  readonly #start: Uint32Array;
  readonly #firstChild: Uint32Array;
  readonly #nextSibling: Uint32Array;
  /** One family while it is sorted. */
  #family = new Uint32Array(64);

  constructor({ length, total, func }: MergedStacks, size: Uint32Array, start: Uint32Array) {
    this.#total = total;
    this.#func = func;
    this.#size = size;
    this.#start = start;
    this.#firstChild = new Uint32Array(length);
    this.#nextSibling = new Uint32Array(length);
  }

  add(parent: number, child: number): void {
    this.#nextSibling[child] = this.#firstChild[parent] as number;
    this.#firstChild[parent] = child;
  }

  /** Gives each child its place, counted from the parent's; how many rows there are below the parent. */
  place(parent: number): number {
    const first = this.#firstChild[parent] as number;
    if (first === NONE) return 0;
    if (this.#nextSibling[first] === NONE) {
      this.#start[first] = 1;
      return this.#size[first] as number;
    }
    const count = this.#gather(first);
    const family = this.#family;
    if (count > FEW) this.#sortMany(family.subarray(0, count));
    let next = 1;
    for (let at = 0; at < count; at++) {
      const child = family[at] as number;
      this.#start[child] = next;
      next += this.#size[child] as number;
    }
    return next - 1;
  }

  /** Puts a family into its order while it is small, in that of its list when it is large. */
  #gather(first: number): number {
    const total = this.#total;
    const func = this.#func;
    let family = this.#family;
    let count = 0;
    for (let child = first; child !== NONE; child = this.#nextSibling[child] as number) {
      if (count === family.length) {
        family = new Uint32Array(count * 2);
        family.set(this.#family);
        this.#family = family;
      }
      let free = count++;
      if (count <= FEW) {
        const weight = total[child] as number;
        for (; free > 0; free--) {
          const other = family[free - 1] as number;
          const otherWeight = total[other] as number;
          if (
            otherWeight > weight ||
            (otherWeight === weight && (func[other] as number) < (func[child] as number))
          )
            break;
          family[free] = other;
        }
      }
      family[free] = child;
    }
    return count;
  }

  #sortMany(family: Uint32Array): void {
    const total = this.#total;
    const func = this.#func;
    family.sort(
      (a, b) => (total[b] as number) - (total[a] as number) || (func[a] as number) - (func[b] as number),
    );
  }
}
