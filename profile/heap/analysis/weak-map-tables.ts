import { BitSet } from '../memory/bit-set.ts';
import type { HeapMemory } from '../memory/heap-memory.ts';
import type { HeapGraph, HeapStrings, IndexIntoHeapNodes } from '../model/heap-graph.ts';
import { idAtEnd, tableOfName } from './weak-map-edge-name.ts';

const UNREAD = 0;
/** What is added to ids, so that none reads like that. */
const BEHIND = 1;

/**
 * Tells of the name of an edge to which WeakMap's table it belongs. A heap may have millions of such names, so each is read only as far as
 * somebody asks: the id at its end when it is first met, the rest when that is the id of who asks.
 */
export class WeakMapTables {
  readonly #strings: HeapStrings;
  readonly #id: Uint32Array;
  readonly #memory: HeapMemory;
  /** By string: the id at its end. */
  readonly #tables: Uint32Array;
  /** By string: those that name no table. All are asked for all the time, and so few bytes are at hand. */
  readonly #none: BitSet;
  /** By string: those that do. */
  readonly #some: BitSet;

  constructor({ strings, nodes }: HeapGraph, memory: HeapMemory) {
    this.#strings = strings;
    this.#id = nodes.id;
    this.#memory = memory;
    this.#tables = memory.uint32(strings.length);
    const newBits = () => new BitSet(memory.uint32(BitSet.wordsFor(strings.length)));
    this.#none = newBits();
    this.#some = newBits();
  }

  /** Whether the name says that the edge belongs to that table. */
  isOf(name: number, table: IndexIntoHeapNodes): boolean {
    if (this.#none.has(name)) return false;
    const said = this.#tables[name] as number;
    if ((said === UNREAD ? this.#readEnd(name) : said) !== (this.#id[table] as number) + BEHIND) return false;
    return this.#some.has(name) || this.#readAll(name);
  }

  release(): void {
    for (const column of [this.#tables, this.#none.words, this.#some.words]) this.#memory.release(column);
  }

  #readEnd(name: number): number {
    const id = idAtEnd(this.#strings, name);
    if (id === undefined || id + BEHIND > MOST) {
      this.#none.add(name);
      return UNREAD;
    }
    this.#tables[name] = id + BEHIND;
    return id + BEHIND;
  }

  #readAll(name: number): boolean {
    const isSome = tableOfName(this.#strings, name) !== undefined;
    (isSome ? this.#some : this.#none).add(name);
    return isSome;
  }
}

/** V8 counts ids from 1 on and comes nowhere near; a larger one is taken for nobody's. */
const MOST = 0xffff_ffff;
