import type { HeapAnalysis, HeapGraph, IndexIntoHeapEdges, IndexIntoHeapNodes } from '../model/heap-graph.ts';

/** What of an analysis is kept: all but the search for holders. */
export type HeapAnalysisParts = Omit<HeapAnalysis, 'holderOf'>;

/** An analysis, fresh or from a file. */
export class HeapColumns implements HeapAnalysis {
  readonly graph: HeapGraph;
  readonly firstRetainer: Uint32Array;
  readonly retainingEdge: Uint32Array;
  readonly dominator: Uint32Array;
  readonly shallowSize: Uint32Array | Float64Array;
  readonly retainedSize: Float64Array;
  readonly distance: Int32Array;
  readonly detachedness: Uint8Array | undefined;

  #firstOfBlock: Uint32Array | undefined;

  constructor(parts: HeapAnalysisParts) {
    this.graph = parts.graph;
    this.firstRetainer = parts.firstRetainer;
    this.retainingEdge = parts.retainingEdge;
    this.dominator = parts.dominator;
    this.shallowSize = parts.shallowSize;
    this.retainedSize = parts.retainedSize;
    this.distance = parts.distance;
    this.detachedness = parts.detachedness;
  }

  holderOf(edge: IndexIntoHeapEdges): IndexIntoHeapNodes {
    const { firstEdge } = this.graph.nodes;
    this.#firstOfBlock ??= firstOfBlocks(firstEdge, this.graph.edges.length);
    const block = edge >>> BLOCK_BITS;
    // The last node whose edges begin no later: those before it that begin there have none.
    let low = this.#firstOfBlock[block] as number;
    let high = this.#firstOfBlock[block + 1] as number;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if ((firstEdge[middle] as number) <= edge) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}

/** A search through all nodes misses the processor's caches two dozen times; one that knows the edge's block does once or twice. */
const BLOCK_BITS = 6;
const BLOCK_EDGES = 1 << BLOCK_BITS;

/** The node that the first edge of each block leads from, and the last node behind all of them: a sixteenth of a byte per edge. */
function firstOfBlocks(firstEdge: Uint32Array, edgeCount: number): Uint32Array {
  const blocks = new Uint32Array((edgeCount >>> BLOCK_BITS) + 2).fill(Math.max(0, firstEdge.length - 2));
  let node = 0;
  for (let block = 0; block * BLOCK_EDGES < edgeCount; block++) {
    while ((firstEdge[node + 1] as number) <= block * BLOCK_EDGES) node++;
    blocks[block] = node;
  }
  return blocks;
}
