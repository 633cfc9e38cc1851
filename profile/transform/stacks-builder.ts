import { Scratch } from '../model/scratch.ts';
import { TupleTable } from '../model/tuple-table.ts';
import type { Stacks } from './stacks.ts';

/** The root is nobody's child. */
const NONE = 0;

/** So many children of a row are looked through; nearly all rows have fewer. */
const NEAR = 8;

/** What a row knows of its children in 32 bits: above these, how many are in its list; below, which remainders their functions have. */
const COUNT_SHIFT = 24;
const ONE_MORE = 1 << COUNT_SHIFT;

/**
 * Gathers the rows of new stacks, each once. A row is looked for among its parent's first children: stacks come depth first, so
 * that these were touched a moment ago, where a hash table misses the cache with nearly every one of a million rows. The
 * further children of a parent that has many are found in a table.
 */
export class StacksBuilder {
  readonly #parent: Int32Array;
  readonly #func: Uint32Array;
  /** By row: a list of at most `NEAR` children, the newest first. */
  readonly #newestChild: Uint32Array;
  readonly #olderSibling: Uint32Array;
  /** By row: most that come are new, which this tells without a look at the list. */
  readonly #children: Uint32Array;
  readonly #scratch = new Scratch();
  #length = 0;
  /** Parents and functions of all others, and their rows. */
  readonly #far = new TupleTable(2);
  readonly #farRows: number[] = [];

  /** `most`: rows that will come at most. */
  constructor(root: number, most: number) {
    this.#parent = new Int32Array(most);
    this.#func = new Uint32Array(most);
    this.#newestChild = this.#scratch.uint32(most);
    this.#olderSibling = this.#scratch.uint32(most);
    this.#children = this.#scratch.uint32(most);
    this.#parent[0] = -1;
    this.#func[0] = root;
    this.#length = 1;
  }

  /** The row of this function when it is called by that row. */
  rowOf(parent: number, func: number): number {
    const newest = this.#newestChild[parent] as number;
    const children = this.#children[parent] as number;
    const remainder = 1 << (func % COUNT_SHIFT);
    if ((children & remainder) !== 0) {
      for (let child = newest; child !== NONE; child = this.#olderSibling[child] as number)
        if (this.#func[child] === func) return child;
    }
    if (children >>> COUNT_SHIFT === NEAR) return this.#farRowOf(parent, func);
    const row = this.#add(parent, func);
    this.#olderSibling[row] = newest;
    this.#newestChild[parent] = row;
    this.#children[parent] = (children | remainder) + ONE_MORE;
    return row;
  }

  /** No row may be asked for afterwards. */
  finish(): Stacks {
    this.#scratch.giveBack();
    const length = this.#length;
    return { length, parent: this.#parent.subarray(0, length), func: this.#func.subarray(0, length) };
  }

  #farRowOf(parent: number, func: number): number {
    const at = this.#far.internPair(parent, func);
    this.#farRows[at] ??= this.#add(parent, func);
    return this.#farRows[at];
  }

  #add(parent: number, func: number): number {
    const row = this.#length++;
    this.#parent[row] = parent;
    this.#func[row] = func;
    return row;
  }
}
