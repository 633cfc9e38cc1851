const EMPTY = -1;

/**
 * Gives equal tuples of 32-bit integers equal numbers, given out densely from 0. The tuples stand one after another in
 * one typed array.
 */
export class TupleTable {
  readonly #width: number;
  #values: Int32Array;
  #length = 0;
  #slots: Int32Array;
  readonly #seed = (Math.random() * 0x7fffffff) | 0;
  readonly #wanted: Int32Array;

  /** `expected`: how many distinct tuples may come; it grows beyond, but growing means to put everything in place again. */
  constructor(width: number, expected = 1024) {
    this.#width = width;
    const capacity = 2 ** Math.ceil(Math.log2(Math.max(1024, expected)));
    this.#values = new Int32Array(width * capacity);
    this.#slots = new Int32Array(capacity * 2).fill(EMPTY);
    this.#wanted = new Int32Array(width);
  }

  get length(): number {
    return this.#length;
  }

  intern(first: number, second: number, third = 0, fourth = 0): number {
    if (this.#width === 2) return this.internPair(first | 0, second | 0);
    const wanted = this.#wanted;
    wanted[0] = first;
    wanted[1] = second;
    if (this.#width > 2) wanted[2] = third;
    if (this.#width > 3) wanted[3] = fourth;
    const mask = this.#slots.length - 1;
    let slot = this.#hash(wanted, 0) & mask;
    for (;;) {
      const candidate = this.#slots[slot] as number;
      if (candidate === EMPTY) return this.#add(slot);
      if (this.#equals(candidate)) return candidate;
      slot = (slot + 1) & mask;
    }
  }

  /** The same of a table of pairs of 32-bit integers, without loops. */
  internPair(first: number, second: number): number {
    const values = this.#values;
    const slots = this.#slots;
    const mask = slots.length - 1;
    let slot = mix(mix(this.#seed, first), second) & mask;
    for (;;) {
      const row = slots[slot] as number;
      if (row === EMPTY) break;
      if (values[row * 2] === first && values[row * 2 + 1] === second) return row;
      slot = (slot + 1) & mask;
    }
    this.#wanted[0] = first;
    this.#wanted[1] = second;
    return this.#add(slot);
  }

  /** One member of every tuple, as a column of its own. */
  column(member: number): Uint32Array {
    const column = new Uint32Array(this.#length);
    for (let row = 0; row < this.#length; row++)
      column[row] = this.#values[row * this.#width + member] as number;
    return column;
  }

  #hash(values: Int32Array, from: number): number {
    let hash = this.#seed;
    for (let member = 0; member < this.#width; member++) hash = mix(hash, values[from + member] as number);
    return hash;
  }

  #equals(row: number): boolean {
    const from = row * this.#width;
    for (let member = 0; member < this.#width; member++) {
      if (this.#values[from + member] !== this.#wanted[member]) return false;
    }
    return true;
  }

  #add(slot: number): number {
    const from = this.#length * this.#width;
    if (from === this.#values.length) {
      this.#values = new Int32Array(
        (this.#values.buffer as ArrayBuffer).transfer(this.#values.byteLength * 2),
      );
    }
    this.#values.set(this.#wanted, from);
    this.#slots[slot] = this.#length;
    this.#length++;
    if (this.#length * 2 > this.#slots.length) this.#rehash();
    return this.#length - 1;
  }

  #rehash(): void {
    const slots = new Int32Array(this.#slots.length * 2).fill(EMPTY);
    const mask = slots.length - 1;
    for (let row = 0; row < this.#length; row++) {
      let slot = this.#hash(this.#values, row * this.#width) & mask;
      while (slots[slot] !== EMPTY) slot = (slot + 1) & mask;
      slots[slot] = row;
    }
    this.#slots = slots;
  }
}

/** The finaliser of MurmurHash3 (https://github.com/aappleby/smhasher), once per member. */
function mix(hash: number, value: number): number {
  let mixed = Math.imul(hash ^ value, 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}
