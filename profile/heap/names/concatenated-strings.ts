import { inRanges, type Steps } from '../analysis/steps.ts';
import type { HeapMemory } from '../memory/heap-memory.ts';
import type { HeapGraph, IndexIntoHeapNodes } from '../model/heap-graph.ts';
import { EDGE_TYPE, NODE_TYPE } from './node-type.ts';
import type { PartNames } from './part-names.ts';

/** Where among `ConcatenatedStrings` one stands. */
export type IndexIntoConcatenated = number;

const NONE = 0xffffffff;
/** Marks a part that is put together itself: the other bits are its index. */
const COMPOUND = 0x80000000;
const STEP_STRINGS = 1 << 13;

/** Of two strings that one was put together from. */
export type Part =
  | { readonly kind: 'flat'; readonly node: IndexIntoHeapNodes }
  | { readonly kind: 'compound'; readonly index: IndexIntoConcatenated };

/**
 * All strings that were put together from others, as columns: what a question asks of each follows from its parts, so it is answered
 * from the parts upwards, and no text is made. One that was sliced from another counts as made of that alone.
 */
export class ConcatenatedStrings {
  /** Which they are, in the order of the file. */
  readonly nodes: Uint32Array;
  /** Indices of all, each after its parts. */
  readonly bottomUp: Uint32Array;
  readonly #first: Uint32Array;
  readonly #second: Uint32Array;

  constructor(columns: {
    nodes: Uint32Array;
    bottomUp: Uint32Array;
    first: Uint32Array;
    second: Uint32Array;
  }) {
    this.nodes = columns.nodes;
    this.bottomUp = columns.bottomUp;
    this.#first = columns.first;
    this.#second = columns.second;
  }

  get length(): number {
    return this.nodes.length;
  }

  /** Undefined for what is none of them. */
  find(node: IndexIntoHeapNodes): IndexIntoConcatenated | undefined {
    const index = search(this.nodes, node);
    return this.nodes[index] === node ? index : undefined;
  }

  first(index: IndexIntoConcatenated): Part | undefined {
    return toPart(this.#first[index] as number);
  }

  second(index: IndexIntoConcatenated): Part | undefined {
    return toPart(this.#second[index] as number);
  }
}

function toPart(known: number): Part | undefined {
  if (known === NONE) return undefined;
  return known >= COMPOUND ? { kind: 'compound', index: known - COMPOUND } : { kind: 'flat', node: known };
}

/** Finds them, and the order from the parts upwards. @throws ProfileMemoryError */
export function* toConcatenatedStrings(
  graph: HeapGraph,
  names: PartNames,
  memory: HeapMemory,
): Steps<ConcatenatedStrings> {
  const { type, length } = graph.nodes;
  let count = 0;
  yield* inRanges(length, (from, to) => {
    for (let node = from; node < to; node++) if (isCompound(type[node])) count += 1;
  });
  const nodes = memory.uint32(count);
  let filled = 0;
  yield* inRanges(length, (from, to) => {
    for (let node = from; node < to; node++) if (isCompound(type[node])) nodes[filled++] = node;
  });
  const ordering = new Ordering(graph, names, nodes, memory);
  for (let begun = 0; begun < count; ) {
    begun = ordering.goOn(begun);
    yield begun / count;
  }
  memory.release(ordering.state);
  return new ConcatenatedStrings(ordering);
}

function isCompound(type: number | undefined): boolean {
  return type === NODE_TYPE['concatenated string'] || type === NODE_TYPE['sliced string'];
}

const NEW = 0;
const OPEN = 1;
const DONE = 2;

/** A walk over all parts without recursion: one is done when its parts are. */
class Ordering {
  readonly nodes: Uint32Array;
  readonly bottomUp: Uint32Array;
  readonly first: Uint32Array;
  readonly second: Uint32Array;
  readonly state: Uint8Array;
  readonly #graph: HeapGraph;
  readonly #names: PartNames;
  readonly #waiting: IndexIntoConcatenated[] = [];
  #done = 0;

  constructor(graph: HeapGraph, names: PartNames, nodes: Uint32Array, memory: HeapMemory) {
    this.#graph = graph;
    this.#names = names;
    this.nodes = nodes;
    this.bottomUp = memory.uint32(nodes.length);
    this.first = memory.uint32(nodes.length).fill(NONE);
    this.second = memory.uint32(nodes.length).fill(NONE);
    this.state = memory.uint8(nodes.length);
  }

  /** Does some; answers the first index that was not begun with. */
  goOn(begun: IndexIntoConcatenated): IndexIntoConcatenated {
    const waiting = this.#waiting;
    let next = begun;
    for (let left = STEP_STRINGS; left > 0; left--) {
      const index = waiting.at(-1);
      if (index === undefined) {
        if (next === this.nodes.length) break;
        waiting.push(next++);
      } else if (this.state[index] === NEW) {
        this.state[index] = OPEN;
        this.#findParts(index);
        this.#await(this.first, index);
        this.#await(this.second, index);
      } else {
        waiting.pop();
        if (this.state[index] === OPEN) this.bottomUp[this.#done++] = index;
        this.state[index] = DONE;
      }
    }
    // The last ones are begun when all that wait are done.
    return waiting.length > 0 && next === this.nodes.length ? next - 1 : next;
  }

  /** A part that is met among its own parts is none: a string that has no end cannot be. */
  #await(column: Uint32Array, index: IndexIntoConcatenated): void {
    const part = column[index] as number;
    if (part === NONE || part < COMPOUND) return;
    const state = this.state[part - COMPOUND];
    if (state === OPEN) column[index] = NONE;
    else if (state === NEW) this.#waiting.push(part - COMPOUND);
  }

  #findParts(index: IndexIntoConcatenated): void {
    const { nodes, edges } = this.#graph;
    const node = this.nodes[index] as number;
    const isSlice = nodes.type[node] === NODE_TYPE['sliced string'];
    const firstName = isSlice ? this.#names.parent : this.#names.first;
    const secondName = isSlice ? -1 : this.#names.second;
    for (let edge = nodes.firstEdge[node] as number; edge < (nodes.firstEdge[node + 1] as number); edge++) {
      if (edges.type[edge] !== EDGE_TYPE.internal) continue;
      const name = edges.nameOrIndex[edge];
      if (name === firstName) this.first[index] = this.#toPart(edges.to[edge] as number);
      else if (name === secondName) this.second[index] = this.#toPart(edges.to[edge] as number);
    }
  }

  #toPart(node: IndexIntoHeapNodes): number {
    return isCompound(this.#graph.nodes.type[node]) ? COMPOUND + search(this.nodes, node) : node;
  }
}

/** Where it stands in ascending numbers, or would. */
function search(ascending: Uint32Array, wanted: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ascending[middle] as number) < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}
