import type { HeapMemory } from '../memory/heap-memory.ts';
import type { HeapStrings } from '../model/heap-graph.ts';
import { isDigit, tableOfName } from './weak-map-edge-name.ts';

const FIRST_CAPACITY = 1 << 6;

/**
 * The names of edges to values in WeakMaps, of which a heap may have millions. The two of a pair begin with a number each and
 * read the same after that; they are brought together by the hash of the rest (FNV-1a), in open addressing.
 */
export class WeakMapEdges {
  readonly #strings: HeapStrings;
  readonly #memory: HeapMemory;
  /** In ascending order. */
  #name: Uint32Array;
  #pair: Uint32Array;
  /** Of what stands after the number. */
  #hash: Uint32Array;
  #length = 0;
  /** Places in the columns and 1 more, by hash; 0: free. */
  #slots: Uint32Array;
  readonly #seed = (Math.random() * 0x7fffffff) | 0;

  constructor(strings: HeapStrings, memory: HeapMemory) {
    this.#strings = strings;
    this.#memory = memory;
    this.#name = memory.uint32(FIRST_CAPACITY);
    this.#pair = memory.uint32(FIRST_CAPACITY);
    this.#hash = memory.uint32(FIRST_CAPACITY);
    this.#slots = memory.uint32(FIRST_CAPACITY * 2);
  }

  /** @param name larger than those before; @returns false when it is no such name */
  add(name: number): boolean {
    if (tableOfName(this.#strings, name) === undefined) return false;
    if (this.#length === this.#name.length) this.#grow();
    const at = this.#length++;
    this.#name[at] = name;
    this.#hash[at] = this.#hashOf(name);
    const slot = this.#slotOf(at);
    const other = this.#slots[slot] as number;
    if (other === 0) this.#slots[slot] = at + 1;
    this.#pair[at] = other === 0 ? at : (this.#pair[other - 1] as number);
    return true;
  }

  pairOf(name: number): number {
    return this.#pair[this.#placeOf(name)] as number;
  }

  release(): void {
    for (const column of [this.#name, this.#pair, this.#hash, this.#slots]) this.#memory.release(column);
  }

  #placeOf(name: number): number {
    let low = 0;
    let high = this.#length - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#name[middle] as number) < name) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Where the place of a name that reads the same after its number as the one there stands, or would. */
  #slotOf(at: number): number {
    const mask = this.#slots.length - 1;
    const hash = this.#hash[at] as number;
    let slot = hash & mask;
    for (;;) {
      const other = (this.#slots[slot] as number) - 1;
      if (other < 0) return slot;
      if (this.#hash[other] === hash && this.#isPair(this.#name[at] as number, this.#name[other] as number))
        return slot;
      slot = (slot + 1) & mask;
    }
  }

  #afterNumber(name: number): number {
    const { bytes, start } = this.#strings;
    let at = start[name] as number;
    while (isDigit(bytes[at])) at++;
    return at;
  }

  #hashOf(name: number): number {
    const { bytes, start } = this.#strings;
    const end = start[name + 1] as number;
    let hash = 0x811c9dc5 ^ this.#seed;
    for (let at = this.#afterNumber(name); at < end; at++) {
      hash = Math.imul(hash ^ (bytes[at] as number), 0x01000193);
    }
    return hash ^ (hash >>> 15);
  }

  #isPair(name: number, other: number): boolean {
    const { bytes, start } = this.#strings;
    const end = start[name + 1] as number;
    let at = this.#afterNumber(name);
    let there = this.#afterNumber(other);
    if (end - at !== (start[other + 1] as number) - there) return false;
    while (at < end && bytes[at] === bytes[there]) {
      at++;
      there++;
    }
    return at === end;
  }

  #grow(): void {
    const memory = this.#memory;
    const bytes = this.#name.byteLength * 2;
    this.#name = new Uint32Array(memory.resize(this.#name, bytes));
    this.#pair = new Uint32Array(memory.resize(this.#pair, bytes));
    this.#hash = new Uint32Array(memory.resize(this.#hash, bytes));
    memory.release(this.#slots);
    this.#slots = memory.uint32(this.#name.length * 2);
    for (let at = 0; at < this.#length; at++) {
      if (this.#pair[at] === at) this.#slots[this.#slotOf(at)] = at + 1;
    }
  }
}
