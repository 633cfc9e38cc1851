import { inRanges, type Steps } from '../../analysis/steps.ts';
import type { ConcatenatedStrings, IndexIntoConcatenated, Part } from '../../names/concatenated-strings.ts';
import type { OpenHeap } from '../open-heap.ts';
import { MOST_BYTES, type StringMatches } from './string-matches.ts';

/** Longer words are looked for in the beginning that is put together, as patterns are. */
const LONGEST_WORD = 33;
/** Parts that are looked at to put one together. */
const MOST_PARTS = 10_000;
const STEP_STRINGS = 1 << 12;

/**
 * Which concatenated strings match. A word stands in one of the two parts, or across the seam between them: so whether it does
 * follows from the parts, of which only the ends are kept, as long as the word. For everything else the bytes of its beginning
 * are put together.
 */
export class ConcatenatedMatches {
  readonly #heap: OpenHeap;
  readonly #strings: ConcatenatedStrings;
  readonly #matches: StringMatches;
  readonly #isMatch: Uint8Array;
  #ends: Ends | undefined;
  readonly #beginning = new Uint8Array(MOST_BYTES);

  constructor(heap: OpenHeap, strings: ConcatenatedStrings, matches: StringMatches) {
    this.#heap = heap;
    this.#strings = strings;
    this.#matches = matches;
    this.#isMatch = heap.memory.uint8(strings.length);
  }

  release(): void {
    this.#ends?.release(this.#heap);
    this.#heap.memory.release(this.#isMatch);
  }

  has(node: number): boolean {
    const index = this.#strings.find(node);
    return index !== undefined && this.#isMatch[index] === 1;
  }

  *prepare(): Steps<void> {
    const { wordLength } = this.#matches;
    if (wordLength !== undefined && wordLength <= LONGEST_WORD) {
      const ends = new Ends(this.#heap, this.#strings.length, wordLength - 1);
      this.#ends = ends;
      yield* inRanges(this.#strings.length, (from, to) => this.#lookForWord(ends, from, to), STEP_STRINGS);
    } else yield* inRanges(this.#strings.length, (from, to) => this.#putTogether(from, to), STEP_STRINGS);
  }

  #lookForWord(ends: Ends, from: number, to: number): void {
    for (let at = from; at < to; at++) {
      const index = this.#strings.bottomUp[at] as number;
      const [first, second] = [this.#strings.first(index), this.#strings.second(index)];
      if (this.#isIn(first) || this.#isIn(second)) this.#isMatch[index] = 1;
      else if (ends.join(index, first, second, this.#matches)) this.#isMatch[index] = 1;
    }
  }

  #isIn(part: Part | undefined): boolean {
    if (part === undefined) return false;
    if (part.kind === 'compound') return this.#isMatch[part.index] === 1;
    return this.#matches.has(this.#heap.graph.nodes.name[part.node] as number);
  }

  #putTogether(from: number, to: number): void {
    for (let index = from; index < to; index++) {
      const length = this.#begin(index);
      if (this.#matches.isIn(this.#beginning, 0, length)) this.#isMatch[index] = 1;
    }
  }

  /** Answers how many bytes there are. */
  #begin(index: IndexIntoConcatenated): number {
    const { nodes, strings } = this.#heap.graph;
    const waiting: (Part | undefined)[] = [{ kind: 'compound', index }];
    let length = 0;
    for (let left = MOST_PARTS; left > 0 && length < MOST_BYTES && waiting.length > 0; left--) {
      const part = waiting.pop();
      if (part === undefined) continue;
      if (part.kind === 'compound') {
        waiting.push(this.#strings.second(part.index), this.#strings.first(part.index));
        continue;
      }
      const content = nodes.name[part.node] as number;
      const from = strings.start[content] as number;
      const to = Math.min(strings.start[content + 1] as number, from + MOST_BYTES - length);
      for (let at = from; at < to; at++) this.#beginning[length++] = strings.bytes[at] as number;
    }
    return length;
  }
}

/** The first and the last bytes of each, as many as a word may have on one side of a seam. */
class Ends {
  readonly #heap: OpenHeap;
  readonly #most: number;
  readonly #heads: Uint8Array;
  readonly #tails: Uint8Array;
  readonly #lengths: Uint8Array;
  /** The end of the first part and the beginning of the second. */
  readonly #seam: Uint8Array;

  constructor(heap: OpenHeap, count: number, most: number) {
    this.#heap = heap;
    this.#most = most;
    this.#heads = heap.memory.uint8(count * most);
    this.#tails = heap.memory.uint8(count * most);
    this.#lengths = heap.memory.uint8(count);
    this.#seam = new Uint8Array(2 * most);
  }

  release({ memory }: OpenHeap): void {
    for (const column of [this.#heads, this.#tails, this.#lengths]) memory.release(column);
  }

  /** Keeps the ends of two parts put together, and answers whether the seam matches. */
  join(
    index: IndexIntoConcatenated,
    first: Part | undefined,
    second: Part | undefined,
    matches: StringMatches,
  ): boolean {
    const most = this.#most;
    if (most === 0) return false;
    const seam = this.#seam;
    const tail = this.#copyTail(first, seam, 0);
    const head = this.#copyHead(second, seam, tail);
    const isMatch = matches.isIn(seam, 0, tail + head);
    const at = index * most;
    const begun = this.#copyHead(first, this.#heads, at);
    // As many as fit: of one that is long enough itself, none.
    for (let next = 0; begun + next < most && next < head; next++) {
      this.#heads[at + begun + next] = seam[tail + next] as number;
    }
    const ended = this.#lengthOf(second);
    const kept = Math.min(most - ended, tail);
    for (let next = 0; next < kept; next++) this.#tails[at + next] = seam[tail - kept + next] as number;
    this.#copyTail(second, this.#tails, at + kept);
    this.#lengths[index] = Math.min(most, this.#lengthOf(first) + ended);
    return isMatch;
  }

  /** In bytes, as far as it matters. */
  #lengthOf(part: Part | undefined): number {
    if (part === undefined) return 0;
    if (part.kind === 'compound') return this.#lengths[part.index] as number;
    const { nodes, strings } = this.#heap.graph;
    const content = nodes.name[part.node] as number;
    return Math.min(this.#most, (strings.start[content + 1] as number) - (strings.start[content] as number));
  }

  #copyHead(part: Part | undefined, to: Uint8Array, at: number): number {
    const length = this.#lengthOf(part);
    if (part === undefined || length === 0) return 0;
    const { nodes, strings } = this.#heap.graph;
    const isFlat = part.kind === 'flat';
    const from = isFlat ? strings.bytes : this.#heads;
    const begin = isFlat
      ? (strings.start[nodes.name[part.node] as number] as number)
      : part.index * this.#most;
    for (let next = 0; next < length; next++) to[at + next] = from[begin + next] as number;
    return length;
  }

  #copyTail(part: Part | undefined, to: Uint8Array, at: number): number {
    const length = this.#lengthOf(part);
    if (part === undefined || length === 0) return 0;
    const { nodes, strings } = this.#heap.graph;
    const isFlat = part.kind === 'flat';
    const from = isFlat ? strings.bytes : this.#tails;
    const begin = isFlat
      ? (strings.start[(nodes.name[part.node] as number) + 1] as number) - length
      : part.index * this.#most;
    for (let next = 0; next < length; next++) to[at + next] = from[begin + next] as number;
    return length;
  }
}
