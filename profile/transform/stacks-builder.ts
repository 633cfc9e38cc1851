import type { Stacks } from './stacks.ts';

/** Slots hold the row and one more, so that fresh memory is empty. */
const EMPTY = 0;

/** How many slots near its parent's a row may stand in, from one that its function chooses: within a cache line. */
const NEAR = 8;

/**
 * Gathers the rows of new stacks, each once. A row is first looked for near where its parent's children stand: stacks come
 * depth first, so that these slots were touched a moment ago, where a plain hash table misses the cache with nearly every
 * one of a million rows. Children beyond those slots, of a parent that has many, are found by a hash with a seed of its own.
 */
export class StacksBuilder {
  readonly #parent: Int32Array;
  readonly #func: Uint32Array;
  readonly #slots: Int32Array;
  readonly #seed = (Math.random() * 0x7fffffff) | 0;
  #length = 0;

  /** `most`: rows that will come at most. */
  constructor(root: number, most: number) {
    this.#parent = new Int32Array(most);
    this.#func = new Uint32Array(most);
    // Two thirds full at most: more slots cost more memory to come by than they save in tries.
    this.#slots = new Int32Array(2 ** Math.ceil(Math.log2(Math.max(64, most * 1.5))));
    this.#parent[0] = -1;
    this.#func[0] = root;
    this.#length = 1;
  }

  /** The row of this function when it is called by that row. */
  rowOf(parent: number, func: number): number {
    const slots = this.#slots;
    const parents = this.#parent;
    const funcs = this.#func;
    const mask = slots.length - 1;
    let slot = parent * 2 + (func & (NEAR - 1));
    let step = 1;
    for (let tries = 0; ; tries++) {
      if (tries === NEAR) {
        slot = hash(this.#seed, parent, func);
        // Odd, so that it comes by every slot. Slots near parents can be full for long stretches, which single steps would walk along.
        step = (slot >>> 7) | 1;
      }
      slot &= mask;
      const held = slots[slot] as number;
      if (held === EMPTY) break;
      if (parents[held - 1] === parent && funcs[held - 1] === func) return held - 1;
      slot += step;
    }
    const row = this.#length++;
    slots[slot] = row + 1;
    parents[row] = parent;
    funcs[row] = func;
    return row;
  }

  /** No row may be asked for afterwards. */
  finish(): Stacks {
    const length = this.#length;
    return { length, parent: this.#parent.subarray(0, length), func: this.#func.subarray(0, length) };
  }
}

/** The finaliser of MurmurHash3 (https://github.com/aappleby/smhasher), once per member. */
function hash(seed: number, parent: number, func: number): number {
  let mixed = Math.imul(seed ^ parent, 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  mixed = Math.imul(mixed ^ (mixed >>> 16) ^ func, 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}
