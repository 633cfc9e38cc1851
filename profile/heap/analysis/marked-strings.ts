import { BitSet } from '../memory/bit-set.ts';
import type { HeapMemory } from '../memory/heap-memory.ts';
import type { HeapStrings } from '../model/heap-graph.ts';
import { inRanges, type Steps } from './steps.ts';
import { WeakMapEdges } from './weak-map-edges.ts';

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

/** What tells marked strings. */
export type Marks = Pick<MarkedStrings, 'all'>;

/** The strings of a snapshot that mean something to its analysis: found once, so that they are compared by number after that. */
export class MarkedStrings {
  readonly #strings: HeapStrings;
  readonly #texts = new Map<string, number[]>();
  readonly #isWeakMapEdge: BitSet;
  readonly #weakMapEdges: WeakMapEdges;

  constructor(strings: HeapStrings, memory: HeapMemory) {
    this.#strings = strings;
    this.#isWeakMapEdge = new BitSet(memory.uint32(BitSet.wordsFor(strings.length)));
    this.#weakMapEdges = new WeakMapEdges(strings, memory);
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

  isWeakMapEdge(name: number): boolean {
    return this.#isWeakMapEdge.has(name);
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
