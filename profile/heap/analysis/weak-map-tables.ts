import { BitSet } from '../memory/bit-set.ts';
import type { HeapMemory } from '../memory/heap-memory.ts';
import type { HeapGraph, HeapStrings, IndexIntoHeapNodes } from '../model/heap-graph.ts';
import { tableOfName } from './weak-map-edge-name.ts';

const UNREAD = 0;
/** What is added to ids, so that none reads like that. */
const BEHIND = 1;

/** Tells of the name of an edge to which WeakMap's table it belongs. Each name is read once, when it is first met. */
export class WeakMapTables {
  readonly #strings: HeapStrings;
  readonly #id: Uint32Array;
  readonly #memory: HeapMemory;
  /** By string: of those that name a table. */
  readonly #tables: Uint32Array;
  /** By string: those that were read and name none. All are asked for all the time, and so few bytes are at hand. */
  readonly #none: BitSet;

  constructor({ strings, nodes }: HeapGraph, memory: HeapMemory) {
    this.#strings = strings;
    this.#id = nodes.id;
    this.#memory = memory;
    this.#tables = memory.uint32(strings.length);
    this.#none = new BitSet(memory.uint32(BitSet.wordsFor(strings.length)));
  }

  /** Whether the name says that the edge belongs to that table. */
  isOf(name: number, table: IndexIntoHeapNodes): boolean {
    if (this.#none.has(name)) return false;
    const said = this.#tables[name] as number;
    return (said === UNREAD ? this.#read(name) : said) === (this.#id[table] as number) + BEHIND;
  }

  release(): void {
    for (const column of [this.#tables, this.#none.words]) this.#memory.release(column);
  }

  #read(name: number): number {
    const id = tableOfName(this.#strings, name);
    if (id === undefined || id + BEHIND > MOST) {
      this.#none.add(name);
      return UNREAD;
    }
    this.#tables[name] = id + BEHIND;
    return id + BEHIND;
  }
}

/** V8 counts ids from 1 on and comes nowhere near; a larger one is taken for nobody's. */
const MOST = 0xffff_ffff;
