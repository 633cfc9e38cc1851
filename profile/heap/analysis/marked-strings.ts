import { BitSet } from '../memory/bit-set.ts';
import type { HeapMemory } from '../memory/heap-memory.ts';
import type { HeapStrings } from '../model/heap-graph.ts';
import { inRanges, type Steps } from './steps.ts';
import { WeakMapEdges, type WeakMapParts } from './weak-map-edges.ts';

const DIGIT_0 = 0x30;
const DIGIT_9 = 0x39;
const CLOSE_PARENTHESIS = 0x29;

/** What V8 calls things that count otherwise than all else. */
export const MARKED = {
  documentTrees: '(Document DOM trees)',
  externalStringData: 'system / ExternalStringData',
  mapDescriptors: '(map descriptors)',
  nativeContext: 'system / NativeContext',
  sloppyFunctionMap: 'sloppy_function_map',
} as const;
/** By how many bytes they have, of which no two have as many. */
const ALL_MARKED = new Map(
  Object.values(MARKED).map((text) => [text.length, { text, bytes: new TextEncoder().encode(text) }]),
);

/** What was found in strings, for another thread. */
export interface MarkedParts {
  readonly texts: ReadonlyMap<string, readonly number[]>;
  readonly isWeakMapEdge: Uint32Array;
  readonly weakMapEdges: WeakMapParts;
}

/** What tells marked strings. */
export type Marks = Pick<MarkedStrings, 'all'>;

/** The strings of a snapshot that mean something to its analysis: found once, so that they are compared by number after that. */
export class MarkedStrings {
  readonly #strings: HeapStrings;
  readonly #texts = new Map<string, number[]>();
  readonly #isWeakMapEdge: BitSet;
  readonly #weakMapEdges: WeakMapEdges;

  /** @param parts what another one has found; then nothing is looked for */
  constructor(strings: HeapStrings, memory: HeapMemory, parts?: MarkedParts) {
    this.#strings = strings;
    this.#isWeakMapEdge = new BitSet(memory.uint32(BitSet.wordsFor(strings.length)));
    this.#weakMapEdges =
      parts === undefined
        ? new WeakMapEdges(strings, memory)
        : WeakMapEdges.from(strings, parts.weakMapEdges, memory);
    if (parts === undefined) return;
    this.#isWeakMapEdge.words.set(parts.isWeakMapEdge);
    for (const [text, places] of parts.texts) this.#texts.set(text, [...places]);
  }

  /** What was found, copied. */
  toParts(): MarkedParts {
    return {
      texts: this.#texts,
      isWeakMapEdge: this.#isWeakMapEdge.words.slice(),
      weakMapEdges: this.#weakMapEdges.toParts(),
    };
  }

  /** Looks for all that are marked, and for the names of edges of WeakMaps. */
  *find(): Steps<void> {
    const lengths = new Uint8Array(256);
    for (const length of ALL_MARKED.keys()) lengths[length] = 1;
    yield* inRanges(this.#strings.length, (from, to) => this.#findIn(lengths, from, to));
  }

  /** All strings that read so: a file may write one twice. */
  all(text: string): readonly number[] {
    return this.#texts.get(text) ?? [];
  }

  /** Whether any edge of a WeakMap is there at all. */
  get hasWeakMaps(): boolean {
    return this.#weakMapEdges.length > 0;
  }

  isWeakMapEdge(name: number): boolean {
    return this.#isWeakMapEdge.has(name);
  }

  /** The id of the table of the WeakMap that the edge belongs to, of a name that is one. */
  tableOf(name: number): number {
    return this.#weakMapEdges.tableOf(name);
  }

  /** What the two edges of a key and its value have in common and no others, of a name that is one. */
  pairOf(name: number): number {
    return this.#weakMapEdges.pairOf(name);
  }

  release(memory: HeapMemory): void {
    memory.release(this.#isWeakMapEdge.words);
    this.#weakMapEdges.release();
  }

  #findIn(lengths: Uint8Array, from: number, to: number): void {
    const { bytes, start } = this.#strings;
    for (let index = from; index < to; index++) {
      const begin = start[index] as number;
      const end = start[index + 1] as number;
      if (lengths[end - begin] === 1) this.#compare(index);
      if (end === begin || bytes[end - 1] !== CLOSE_PARENTHESIS) continue;
      const first = bytes[begin] as number;
      if (first < DIGIT_0 || first > DIGIT_9) continue;
      if (this.#weakMapEdges.add(index)) this.#isWeakMapEdge.add(index);
    }
  }

  #compare(index: number): void {
    const { bytes, start } = this.#strings;
    const begin = start[index] as number;
    const marked = ALL_MARKED.get((start[index + 1] as number) - begin);
    if (marked === undefined || !marked.bytes.every((byte, at) => bytes[begin + at] === byte)) return;
    const known = this.#texts.get(marked.text);
    if (known === undefined) this.#texts.set(marked.text, [index]);
    else known.push(index);
  }
}
