import type { HeapGraph, IndexIntoHeapNodes } from '../model/heap-graph.ts';
import { EDGE_TYPE, NODE_TYPE } from './node-type.ts';
import { isRedactedText, type StringExtent, V8_STRING_LIMIT } from './string-content.ts';

/** Parts of a concatenated string that are looked at; one that has more is told as far as they go. */
const MOST_PARTS = 200_000;

/**
 * Puts strings together from what V8 made them of. A concatenated string is a tree of others in which the same part may stand
 * a million times, so lengths are found first, and only the parts that are wanted are read.
 */
export class StringParts {
  readonly #graph: HeapGraph;
  readonly #lengths = new Map<IndexIntoHeapNodes, number>();
  #isCut = false;
  /** Whether any part that was read has been taken out by the agent. */
  isRedacted = false;

  constructor(graph: HeapGraph) {
    this.#graph = graph;
  }

  extentOf(node: IndexIntoHeapNodes): StringExtent {
    if (this.#typeOf(node) === NODE_TYPE['sliced string']) return 'sliced from';
    this.lengthOf(node);
    return this.#isCut ? 'beginning' : 'whole';
  }

  /** Whether a concatenated string has been put together by V8 itself: then its one part is all there is. */
  isFlat(node: IndexIntoHeapNodes): boolean {
    const parts = this.#partsOf(node);
    return parts.length < 2 || parts.some((part) => this.lengthOf(part) === 0);
  }

  /** In UTF-16 units. */
  lengthOf(node: IndexIntoHeapNodes): number {
    const waiting = [node];
    /** Those whose parts wait: met again among their own parts they are of no length, else the string would have no end. */
    const open = new Set<IndexIntoHeapNodes>();
    for (let at = waiting.at(-1); at !== undefined; at = waiting.at(-1)) {
      const parts = this.#lengths.has(at) ? [] : this.#partsOf(at);
      if (open.has(at) || parts.length === 0 || this.#lengths.size > MOST_PARTS) {
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

  read(node: IndexIntoHeapNodes, offset: number, length: number): string {
    this.lengthOf(node);
    const pieces: string[] = [];
    const waiting = [node];
    let skipped = 0;
    let left = length;
    let steps = 0;
    for (let at = waiting.pop(); at !== undefined && left > 0 && steps < MOST_PARTS; at = waiting.pop()) {
      steps += 1;
      const partLength = this.#lengths.get(at) ?? 0;
      if (partLength === 0 || skipped + partLength <= offset) {
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
    const { length } = this.#textOf(node);
    if (length >= V8_STRING_LIMIT) this.#isCut = true;
    return length;
  }

  /** First and second of a concatenated string, what a sliced one was sliced from; nothing where the content itself stands. */
  #partsOf(node: IndexIntoHeapNodes): IndexIntoHeapNodes[] {
    const type = this.#typeOf(node);
    if (type === NODE_TYPE['concatenated string']) return this.#find(node, ['first', 'second']);
    return type === NODE_TYPE['sliced string'] ? this.#find(node, ['parent']) : [];
  }

  #find(node: IndexIntoHeapNodes, names: readonly string[]): IndexIntoHeapNodes[] {
    const { nodes, edges, strings } = this.#graph;
    const found: IndexIntoHeapNodes[] = [];
    for (let edge = nodes.firstEdge[node] as number; edge < (nodes.firstEdge[node + 1] as number); edge++) {
      if (edges.type[edge] !== EDGE_TYPE.internal) continue;
      const place = names.indexOf(strings.text(edges.nameOrIndex[edge] as number));
      if (place >= 0) found[place] = edges.to[edge] as number;
    }
    return found.filter((part) => part !== undefined);
  }

  #textOf(node: IndexIntoHeapNodes): string {
    return this.#graph.strings.text(this.#graph.nodes.name[node] as number);
  }

  #typeOf(node: IndexIntoHeapNodes): number | undefined {
    return this.#graph.nodes.type[node];
  }
}
