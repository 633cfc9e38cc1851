/** Slots hold the row and one more, so that fresh memory is empty. */
const EMPTY = 0;

/** How many slots near its parent's a row may stand in, from one that its key chooses: within a cache line. */
const NEAR = 8;

/**
 * Gives equal pairs of a parent's row and a key equal rows, given out densely from 0; it grows. The rows of one parent stand near
 * each other: stacks that follow one another have most of their callers in common, so that these slots were
 * touched a moment ago, where a plain hash table misses the cache with nearly every row.
 */
export class ChildTable {
  /** (parent, key) by row. */
  #pairs = new Int32Array(2 << 10);
  #slots = new Int32Array(2 << 10);
  readonly #seed = (Math.random() * 0x7fffffff) | 0;
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** `parent`: a row, or -1 for none; `key`: any 32-bit integer. */
  rowOf(parent: number, key: number): number {
    const slots = this.#slots;
    const pairs = this.#pairs;
    const mask = slots.length - 1;
    let slot = firstSlot(parent, key);
    let step = 1;
    for (let tries = 0; ; tries++) {
      if (tries === NEAR) {
        slot = hash(this.#seed, parent, key);
        step = farStep(slot);
      }
      slot &= mask;
      const row = (slots[slot] as number) - 1;
      if (row < 0) break;
      if (pairs[row * 2] === parent && pairs[row * 2 + 1] === key) return row;
      slot += step;
    }
    return this.#add(slot, parent, key);
  }

  /** By row; a parent stands before its children. */
  parents(): Int32Array {
    const parents = new Int32Array(this.#length);
    for (let row = 0; row < parents.length; row++) parents[row] = this.#pairs[row * 2] as number;
    return parents;
  }

  keys(): Int32Array {
    const keys = new Int32Array(this.#length);
    for (let row = 0; row < keys.length; row++) keys[row] = this.#pairs[row * 2 + 1] as number;
    return keys;
  }

  #add(slot: number, parent: number, key: number): number {
    const row = this.#length++;
    if (row * 2 === this.#pairs.length)
      this.#pairs = new Int32Array(this.#pairs.buffer.transfer(this.#pairs.byteLength * 2));
    this.#pairs[row * 2] = parent;
    this.#pairs[row * 2 + 1] = key;
    this.#slots[slot] = row + 1;
    if (this.#length * 2 > this.#slots.length) this.#spread();
    return row;
  }

  #spread(): void {
    const slots = new Int32Array(this.#slots.length * 2);
    const mask = slots.length - 1;
    for (let row = 0; row < this.#length; row++) {
      const parent = this.#pairs[row * 2] as number;
      const key = this.#pairs[row * 2 + 1] as number;
      let slot = firstSlot(parent, key) & mask;
      let step = 1;
      for (let tries = 1; slots[slot] !== EMPTY; tries++) {
        if (tries === NEAR) {
          slot = hash(this.#seed, parent, key);
          step = farStep(slot);
        } else slot += step;
        slot &= mask;
      }
      slots[slot] = row + 1;
    }
    this.#slots = slots;
  }
}

/** Two a row, for the table is half full at most. */
function firstSlot(parent: number, key: number): number {
  return (parent + 1) * 2 + (key & (NEAR - 1));
}

/** Odd, so that it comes by every slot. Slots near parents can be full for long stretches, which single steps would walk along. */
function farStep(hashed: number): number {
  return (hashed >>> 7) | 1;
}

/** The finaliser of MurmurHash3 (https://github.com/aappleby/smhasher), once per member. */
function hash(seed: number, parent: number, key: number): number {
  let mixed = Math.imul(seed ^ parent, 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  mixed = Math.imul(mixed ^ (mixed >>> 16) ^ key, 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}
