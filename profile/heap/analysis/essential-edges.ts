import type { BitSet } from '../memory/bit-set.ts';
import type { HeapGraph, IndexIntoHeapEdges, IndexIntoHeapNodes } from '../model/heap-graph.ts';
import { EDGE_TYPE } from './type-numbers.ts';
import type { WeakMapTables } from './weak-map-tables.ts';

const { weak, shortcut, internal } = EDGE_TYPE;

/**
 * Tells the edges that keep something alive, in the sense of Chrome DevTools: not weak ones, nor those of a node to itself; of
 * the two that lead to a value in a WeakMap the one from the key alone; shortcuts only from the root; and none from what V8
 * keeps for itself to what users' code owns, or else a debugger would dominate half of the heap.
 */
export class EssentialEdges {
  readonly #type: Uint8Array;
  readonly #to: Uint32Array;
  readonly #nameOrIndex: Uint32Array;
  readonly #tables: WeakMapTables;
  readonly #pageOwned: BitSet;

  constructor(graph: HeapGraph, tables: WeakMapTables, pageOwned: BitSet) {
    this.#type = graph.edges.type;
    this.#to = graph.edges.to;
    this.#nameOrIndex = graph.edges.nameOrIndex;
    this.#tables = tables;
    this.#pageOwned = pageOwned;
  }

  /** Whether all edges of a node count as coming from what users' code owns: to be asked once for all of them. */
  isOwned(node: IndexIntoHeapNodes): boolean {
    return node === 0 || this.#pageOwned.has(node);
  }

  /** @param isOwned as above, of the node that the edge comes from */
  has(edge: IndexIntoHeapEdges, node: IndexIntoHeapNodes, isOwned: boolean): boolean {
    if (!this.hasIfOwned(edge, node)) return false;
    return isOwned || !this.#pageOwned.has(this.#to[edge] as number);
  }

  /** The same where the node is known to be owned. */
  hasIfOwned(edge: IndexIntoHeapEdges, node: IndexIntoHeapNodes): boolean {
    const type = this.#type[edge];
    if (type === weak || (type === shortcut && node !== 0) || this.#to[edge] === node) return false;
    return type !== internal || !this.#tables.isOf(this.#nameOrIndex[edge] as number, node);
  }
}
