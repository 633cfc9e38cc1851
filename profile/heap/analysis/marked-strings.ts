import { BitSet } from '../memory/bit-set.ts';
import type { HeapMemory } from '../memory/heap-memory.ts';
import type { HeapStrings } from '../model/heap-graph.ts';

const DIGIT_0 = 0x30;
const DIGIT_9 = 0x39;
const CLOSE_PARENTHESIS = 0x29;
/** How V8 names both edges to a value in a WeakMap: the one from its key and the one from the map's table. */
const WEAK_MAP_EDGE =
  /^\d+(?<pair> \/ part of key \(.*? @\d+\) -> value \(.*? @\d+\) pair in WeakMap \(table @(?<table>\d+)\))$/;
/** Longer ones are contents of strings. */
const MAX_EDGE_NAME_BYTES = 1 << 14;

/** The strings of a snapshot that mean something to its analysis: found once, so that they are compared by number after that. */
export class MarkedStrings {
  readonly #texts = new Map<string, number[]>();
  readonly #isWeakMapEdge: BitSet;
  /** By string: which pair of key and value the edge belongs to, and the id of the table. */
  readonly #pairs = new Map<number, { readonly pair: number; readonly table: number }>();

  constructor(strings: HeapStrings, wanted: readonly string[], memory: HeapMemory) {
    this.#isWeakMapEdge = new BitSet(memory.uint32(BitSet.wordsFor(strings.length)));
    const { bytes, start } = strings;
    const lengths = new Set(wanted.map((text) => text.length));
    const pairs = new Map<string, number>();
    for (let index = 0; index < strings.length; index++) {
      const from = start[index] as number;
      const to = start[index + 1] as number;
      if (lengths.has(to - from)) this.#compare(strings.text(index), index, wanted);
      const first = bytes[from] as number;
      if (to > from && first >= DIGIT_0 && first <= DIGIT_9 && bytes[to - 1] === CLOSE_PARENTHESIS) {
        if (to - from <= MAX_EDGE_NAME_BYTES) this.#match(strings.text(index), index, pairs);
      }
    }
  }

  /** All strings that read so: a file may write one twice. */
  all(text: string): readonly number[] {
    return this.#texts.get(text) ?? [];
  }

  /** Whether any edge of a WeakMap is there at all. */
  get hasWeakMaps(): boolean {
    return this.#pairs.size > 0;
  }

  /** Undefined for any other name of an edge. */
  weakMapEdge(name: number): { readonly pair: number; readonly table: number } | undefined {
    return this.#isWeakMapEdge.has(name) ? this.#pairs.get(name) : undefined;
  }

  release(memory: HeapMemory): void {
    memory.release(this.#isWeakMapEdge.words);
  }

  #compare(text: string, index: number, wanted: readonly string[]): void {
    if (!wanted.includes(text)) return;
    const known = this.#texts.get(text);
    if (known === undefined) this.#texts.set(text, [index]);
    else known.push(index);
  }

  #match(text: string, index: number, pairs: Map<string, number>): void {
    const groups = WEAK_MAP_EDGE.exec(text)?.groups;
    if (groups === undefined) return;
    const { pair = '', table = '' } = groups;
    const number = pairs.get(pair) ?? pairs.size;
    pairs.set(pair, number);
    this.#isWeakMapEdge.add(index);
    this.#pairs.set(index, { pair: number, table: Number(table) });
  }
}
