import type { HeapMemory } from '../memory/heap-memory.ts';
import type { HeapStrings } from '../model/heap-graph.ts';
import { tableOfName } from './weak-map-edge-name.ts';

const UNREAD = 0;
const NONE = 1;
/** What is added to ids, so that none reads like one of these. */
const BEHIND = 2;

/** Tells of the name of an edge to which WeakMap's table it belongs. Each name is read once, when it is first met. */
export class WeakMapTables {
  readonly #strings: HeapStrings;
  readonly #memory: HeapMemory;
  /** By string. */
  readonly #tables: Uint32Array;

  constructor(strings: HeapStrings, memory: HeapMemory) {
    this.#strings = strings;
    this.#memory = memory;
    this.#tables = memory.uint32(strings.length);
  }

  /** Whether the name says that the edge belongs to the table with that id. */
  isOf(name: number, id: number): boolean {
    const table = this.#tables[name] as number;
    if (table === NONE) return false;
    return (table === UNREAD ? this.#read(name) : table) === id + BEHIND;
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
