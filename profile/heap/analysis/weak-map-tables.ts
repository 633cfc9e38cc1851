import { BitSet } from '../memory/bit-set.ts';
import type { HeapMemory } from '../memory/heap-memory.ts';
import type { HeapStrings } from '../model/heap-graph.ts';
import { tableOfName } from './weak-map-edge-name.ts';

/** Tells of the name of an edge to which WeakMap's table it belongs. A name that belongs to none is read once, when it is first met. */
export class WeakMapTables {
  readonly #strings: HeapStrings;
  readonly #memory: HeapMemory;
  readonly #isNone: BitSet;

  constructor(strings: HeapStrings, memory: HeapMemory) {
    this.#strings = strings;
    this.#memory = memory;
    this.#isNone = new BitSet(memory.uint32(BitSet.wordsFor(strings.length)));
  }

  /** The id of the table; undefined for any other name. */
  tableOf(name: number): number | undefined {
    if (this.#isNone.has(name)) return undefined;
    const table = tableOfName(this.#strings, name);
    if (table === undefined) this.#isNone.add(name);
    return table;
  }

  release(): void {
    this.#memory.release(this.#isNone.words);
  }
}
