import { NumberColumn } from '../../../model/number-column.ts';
import { inRanges, type Steps } from '../../analysis/steps.ts';
import { BitSet } from '../../memory/bit-set.ts';
import type { ConcatenatedStrings, IndexIntoConcatenated, Part } from '../../names/concatenated-strings.ts';
import { NODE_TYPE } from '../../names/node-type.ts';
import { concatenatedStrings, type OpenHeap } from '../open-heap.ts';
import { ContentDigest, type DigestColumns, wrappedOf } from './content-digest.ts';
import { CONTENT, type ContentKinds } from './content-kinds.ts';
import type { DuplicateGroups } from './duplicate-groups.ts';

/** In `DigestColumns.bytes`: the content is not known whole. */
const UNKNOWN = 0xffffffff;
const NONE = 0xffffffff;
/** Of a million contents a few in a hundred have these in common with one that is no equal. */
const HALF_BITS = 25;
const STEP_STRINGS = 1 << 13;

/** Concatenated strings by what they say. What it has is to be released. */
export function* readConcatenated(heap: OpenHeap, kinds: ContentKinds): Steps<ConcatenatedContents> {
  const strings = yield* heap.keeping(concatenatedStrings);
  const found = new ConcatenatedContents(heap, kinds, strings);
  yield* inRanges(strings.length, (from, to) => found.digest(from, to), STEP_STRINGS);
  yield* inRanges(strings.length, (from, to) => found.collect(from, to), STEP_STRINGS);
  return found;
}

export class ConcatenatedContents {
  readonly #heap: OpenHeap;
  readonly #kinds: ContentKinds;
  readonly #strings: ConcatenatedStrings;
  readonly #digests: DigestColumns;
  /** By key. */
  readonly #numbers = new Map<number, number>();
  readonly #numberOf: Uint32Array;
  readonly #counts = new NumberColumn();
  /** The content that says the same as a flat string; -1 where there is none. */
  readonly #flat = new NumberColumn();
  /** Lengths in bytes that one of them has, and bits of half their digests: only such contents can be the same. */
  readonly #lengths = new Set<number>();
  readonly #halves = new BitSet(new Uint32Array(BitSet.wordsFor(2 ** HALF_BITS)));
  readonly #digest = new ContentDigest();

  constructor(heap: OpenHeap, kinds: ContentKinds, strings: ConcatenatedStrings) {
    this.#heap = heap;
    this.#kinds = kinds;
    this.#strings = strings;
    const { memory } = heap;
    this.#digests = {
      bytes: memory.uint32(strings.length),
      units: memory.uint32(strings.length),
      wrapped: memory.int32(strings.length),
      modular: memory.uint32(strings.length),
    };
    this.#numberOf = memory.uint32(strings.length).fill(NONE);
  }

  release(): void {
    const { bytes, units, wrapped, modular } = this.#digests;
    for (const column of [bytes, units, wrapped, modular, this.#numberOf]) this.#heap.memory.release(column);
  }

  /** @param from of those in order from the parts upwards */
  digest(from: number, to: number): void {
    for (let at = from; at < to; at++) {
      const index = this.#strings.bottomUp[at] as number;
      this.#digest.clear();
      const isKnown = this.#appendParts(index) && this.#digest.isShort;
      if (isKnown) this.#digest.store(this.#digests, index);
      else this.#digests.bytes[index] = UNKNOWN;
    }
  }

  #appendParts(index: IndexIntoConcatenated): boolean {
    // Nothing says which part of the other a slice is.
    if (this.#heap.graph.nodes.type[this.#strings.nodes[index] as number] === NODE_TYPE['sliced string'])
      return false;
    return this.#append(this.#strings.first(index)) && this.#append(this.#strings.second(index));
  }

  #append(part: Part | undefined): boolean {
    if (part === undefined) return true;
    if (part.kind === 'flat') return this.#appendFlat(part.node);
    if (this.#digests.bytes[part.index] === UNKNOWN) return false;
    this.#digest.appendDigest(this.#digests, part.index);
    return true;
  }

  #appendFlat(node: number): boolean {
    const { nodes, strings } = this.#heap.graph;
    const content = nodes.name[node] as number;
    if (this.#kinds.kindOf(content) !== CONTENT.plain) return false;
    this.#digest.append(
      strings.bytes,
      strings.start[content] as number,
      strings.start[content + 1] as number,
    );
    return true;
  }

  /** Numbers their contents. A string that V8 has made flat holds its content as a part of its own: it is no second copy. */
  collect(from: number, to: number): void {
    for (let index = from; index < to; index++) {
      if (this.#digests.bytes[index] === UNKNOWN || this.#isFlat(index)) continue;
      this.#digest.load(this.#digests, index);
      const { key, bytes, wrapped } = this.#digest;
      let number = this.#numbers.get(key);
      if (number === undefined) {
        number = this.#counts.length;
        this.#numbers.set(key, number);
        this.#counts.push(0);
        this.#flat.push(-1);
        this.#lengths.add(bytes);
        this.#halves.add(wrapped >>> (32 - HALF_BITS));
      }
      this.#counts.set(number, this.#counts.at(number) + 1);
      this.#numberOf[index] = number;
    }
  }

  #isFlat(index: IndexIntoConcatenated): boolean {
    return this.#isNothing(this.#strings.first(index)) || this.#isNothing(this.#strings.second(index));
  }

  #isNothing(part: Part | undefined): boolean {
    if (part?.kind !== 'flat') return part === undefined;
    const { nodes, strings } = this.#heap.graph;
    const content = nodes.name[part.node] as number;
    return strings.start[content] === strings.start[content + 1];
  }

  /** Whether one of them says the same as a content does; it is remembered. */
  haveContent(content: number): boolean {
    const { bytes, start } = this.#heap.graph.strings;
    const [from, to] = [start[content] as number, start[content + 1] as number];
    if (!this.#lengths.has(to - from)) return false;
    if (!this.#halves.has(wrappedOf(bytes, from, to) >>> (32 - HALF_BITS))) return false;
    this.#digest.clear();
    this.#digest.append(bytes, from, to);
    const number = this.#numbers.get(this.#digest.key);
    if (number === undefined) return false;
    this.#flat.set(number, content);
    return true;
  }

  /** @param known the group of each flat content that has one */
  *addTo(groups: DuplicateGroups, known: ReadonlyMap<number | string, number>): Steps<void> {
    const { shallowSize } = this.#heap.analysis;
    const groupOf = new Int32Array(this.#counts.length).fill(-1);
    const add = (from: number, to: number) => {
      for (let index = from; index < to; index++) {
        const number = this.#numberOf[index] as number;
        if (number === NONE) continue;
        const node = this.#strings.nodes[index] as number;
        if (groupOf[number] === -1) {
          const group = known.get(this.#flat.at(number));
          if (group === undefined && this.#counts.at(number) === 1) continue;
          groupOf[number] = group ?? groups.open(node, false);
        }
        groups.add(groupOf[number] as number, shallowSize[node] as number);
      }
    };
    yield* inRanges(this.#strings.length, add, STEP_STRINGS);
  }
}
