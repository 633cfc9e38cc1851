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
    // The last node whose edges begin no later: those before it that begin there have none.
    let low = 0;
    let high = this.graph.nodes.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if ((firstEdge[middle] as number) <= edge) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
