import type { GraphCells } from '../model/heap-cells.ts';
import type { IndexIntoHeapNodes } from '../model/heap-graph.ts';
import { EDGE_TYPE, NODE_TYPE } from './node-type.ts';
import type { PartNames } from './part-names.ts';
import { isRedactedText, type StringExtent, V8_STRING_LIMIT } from './string-content.ts';

/** Parts of a concatenated string that are looked at; one that has more is told as far as they go. */
const MOST_PARTS = 200_000;

/**
 * Puts a string together from what V8 made it of. A concatenated string is a tree of others in which the same part may stand a
 * million times, so lengths are found first, and only the parts that are wanted are read.
 */
export class StringParts {
  readonly #graph: GraphCells;
  readonly #names: PartNames;
  readonly #mostParts: number;
  readonly #lengths = new Map<IndexIntoHeapNodes, number>();
  #isCut = false;
  #hasSlice = false;
  /** Whether any part that was read has been taken out by the agent. */
  isRedacted = false;

  /** @param names for whoever reads many strings */
  constructor(graph: GraphCells, names: PartNames, mostParts = MOST_PARTS) {
    this.#graph = graph;
    this.#names = names;
    this.#mostParts = mostParts;
  }

  extentOf(node: IndexIntoHeapNodes): StringExtent {
    this.lengthOf(node);
    return this.extentSoFar;
  }

  /** Of all that was looked at. */
  get extentSoFar(): StringExtent {
    if (this.#hasSlice) return 'sliced from';
    return this.#isCut ? 'beginning' : 'whole';
  }

  /** Whether a concatenated string has been put together by V8 itself: then one part is all there is. */
  isFlat(node: IndexIntoHeapNodes): boolean {
    const parts = this.#partsOf(node);
    return parts.length < 2 || parts.some((part) => this.#isEmpty(part));
  }

  /** In UTF-16 units. */
  lengthOf(node: IndexIntoHeapNodes): number {
    const waiting = [node];
    /** Those whose parts wait: met again among their own parts they are of no length, else the string would have no end. */
    const open = new Set<IndexIntoHeapNodes>();
    for (let at = waiting.at(-1); at !== undefined; at = waiting.at(-1)) {
      const parts = this.#lengths.has(at) ? [] : this.#partsOf(at);
      const isGivenUp = !open.has(at) && parts.length > 0 && this.#lengths.size > this.#mostParts;
      this.#isCut ||= isGivenUp;
      if (open.has(at) || parts.length === 0 || isGivenUp) {
        waiting.pop();
        open.delete(at);
        if (!this.#lengths.has(at)) this.#lengths.set(at, this.#sum(at, parts));
        continue;
      }
      open.add(at);
      waiting.push(...parts.filter((part) => !this.#lengths.has(part) && !open.has(part)));
    }
    return this.#lengths.get(node) ?? 0;
  }

  /** Part of it, from an offset on. */
  read(node: IndexIntoHeapNodes, offset: number, length: number): string {
    this.lengthOf(node);
    return this.#collect(node, offset, length, (part) => this.#lengths.get(part) ?? 0);
  }

  /** Its first characters, without a look at what follows. */
  begin(node: IndexIntoHeapNodes, length: number): string {
    return this.#collect(node, 0, length, () => undefined);
  }

  /** @param lengthOf a part, undefined where it is not known */
  #collect(
    node: IndexIntoHeapNodes,
    offset: number,
    length: number,
    lengthOf: (part: IndexIntoHeapNodes) => number | undefined,
  ): string {
    const pieces: string[] = [];
    const waiting = [node];
    let skipped = 0;
    let left = length;
    let steps = 0;
    for (let at = waiting.pop(); at !== undefined && left > 0; at = waiting.pop()) {
      if (++steps > this.#mostParts) {
        this.#isCut = true;
        break;
      }
      const partLength = lengthOf(at);
      if (partLength !== undefined && (partLength === 0 || skipped + partLength <= offset)) {
        skipped += partLength;
        continue;
      }
      const parts = this.#partsOf(at);
      if (parts.length > 0) {
        waiting.push(...parts.reverse());
        continue;
      }
      const text = this.#textOf(at);
      this.isRedacted ||= isRedactedText(text);
      const from = Math.max(0, offset - skipped);
      const piece = text.slice(from, from + left);
      skipped += text.length;
      left -= piece.length;
      pieces.push(piece);
    }
    return pieces.join('');
  }

  #sum(node: IndexIntoHeapNodes, parts: readonly IndexIntoHeapNodes[]): number {
    if (parts.length > 0) return parts.reduce((sum, part) => sum + (this.#lengths.get(part) ?? 0), 0);
    return this.#textOf(node).length;
  }

  /** First and second of a concatenated string, what a sliced one was sliced from; nothing where the content itself stands. */
  #partsOf(node: IndexIntoHeapNodes): IndexIntoHeapNodes[] {
    const { nodes, edges } = this.#graph;
    const type = nodes.type.get(node);
    const isSlice = type === NODE_TYPE['sliced string'];
    this.#hasSlice ||= isSlice;
    if (!isSlice && type !== NODE_TYPE['concatenated string']) return [];
    const [first, second] = isSlice ? [this.#names.parent, -1] : [this.#names.first, this.#names.second];
    let before: IndexIntoHeapNodes | undefined;
    let after: IndexIntoHeapNodes | undefined;
    for (let edge = nodes.firstEdge.get(node); edge < nodes.firstEdge.get(node + 1); edge++) {
      if (edges.type.get(edge) !== EDGE_TYPE.internal) continue;
      const name = edges.nameOrIndex.get(edge);
      if (name === first) before = edges.to.get(edge);
      else if (name === second) after = edges.to.get(edge);
    }
    return [before, after].filter((part) => part !== undefined);
  }

  #isEmpty(node: IndexIntoHeapNodes): boolean {
    const { nodes, strings } = this.#graph;
    const name = nodes.name.get(node);
    return (
      nodes.type.get(node) === NODE_TYPE.string && strings.start.get(name) === strings.start.get(name + 1)
    );
  }

  #textOf(node: IndexIntoHeapNodes): string {
    const text = this.#graph.strings.text(this.#graph.nodes.name.get(node));
    this.#isCut ||= text.length >= V8_STRING_LIMIT;
    return text;
  }
}
