import type { HeapMemory } from '../memory/heap-memory.ts';
import type { HeapGraph, HeapStrings, IndexIntoHeapNodes } from '../model/heap-graph.ts';
import { tableOfName } from './weak-map-edge-name.ts';

const UNREAD = 0;
const NONE = 1;
/** What is added to ids, so that none reads like one of these. */
const BEHIND = 2;

/** Tells of the name of an edge to which WeakMap's table it belongs. Each name is read once, when it is first met. */
export class WeakMapTables {
  readonly #strings: HeapStrings;
  readonly #id: Uint32Array;
  readonly #memory: HeapMemory;
  /** By string. */
  readonly #tables: Uint32Array;

  constructor({ strings, nodes }: HeapGraph, memory: HeapMemory) {
    this.#strings = strings;
    this.#id = nodes.id;
    this.#memory = memory;
    this.#tables = memory.uint32(strings.length);
  }

  /** Whether the name says that the edge belongs to that table. */
  isOf(name: number, table: IndexIntoHeapNodes): boolean {
    const said = this.#tables[name] as number;
    if (said === NONE) return false;
    return (said === UNREAD ? this.#read(name) : said) === (this.#id[table] as number) + BEHIND;
  }

  release(): void {
    this.#memory.release(this.#tables);
  }

  #read(name: number): number {
    const id = tableOfName(this.#strings, name);
    const table = id === undefined || id + BEHIND > MOST ? NONE : id + BEHIND;
    this.#tables[name] = table;
    return table;
  }
}

/** V8 counts ids from 1 on and comes nowhere near; a larger one is taken for nobody's. */
const MOST = 0xffff_ffff;
