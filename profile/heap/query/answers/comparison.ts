import type { HeapPair } from '../../compare/heap-pair.ts';
import type { HeapComparison } from '../heap-query.ts';
import type { OpenHeap } from '../open-heap.ts';

export function answerComparison({ later, earlier, processes, matched, changes }: HeapPair): HeapComparison {
  return {
    idsHold: matched.idsHold,
    processes,
    commonShare: matched.commonShare,
    objectsBefore: earlier.graph.nodes.length,
    objectsAfter: later.graph.nodes.length,
    bytesBefore: bytesOf(earlier),
    bytesAfter: bytesOf(later),
    newCount: sumOf(changes.newCount),
    newBytes: sumOf(changes.newBytes),
    goneCount: sumOf(changes.goneCount),
    goneBytes: sumOf(changes.goneBytes),
    grownCount: sumOf(changes.grownCount),
  };
}

/** The root retains all there is. */
function bytesOf({ analysis }: OpenHeap): number {
  return analysis.retainedSize[0] as number;
}

function sumOf(column: Float64Array): number {
  return column.reduce((sum, value) => sum + value, 0);
}
