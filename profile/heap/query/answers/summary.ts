import { UNREACHABLE } from '../../model/heap-graph.ts';
import { nodeTypeAt } from '../../names/node-type.ts';
import type { HeapCategory, HeapSummary } from '../heap-query.ts';
import type { OpenHeap } from '../open-heap.ts';

export function answerSummary(heap: OpenHeap): HeapSummary {
  return heap.keep(summarise);
}

function summarise(heap: OpenHeap): HeapSummary {
  const { analysis, graph } = heap;
  const sums = new Map<HeapCategory, { bytes: number; count: number }>();
  const byClass = heap.classes.names.map(categoryOfClass);
  let [totalBytes, unreachableBytes, detachedCount] = [0, 0, 0];
  for (let node = 0; node < graph.nodes.length; node++) {
    const bytes = analysis.shallowSize[node] as number;
    const category =
      byClass[heap.classes.classOf[node] as number] ?? categoryOfType(graph.nodes.type[node] as number);
    const sum = sums.get(category) ?? { bytes: 0, count: 0 };
    sum.bytes += bytes;
    sum.count += 1;
    sums.set(category, sum);
    totalBytes += bytes;
    if (analysis.distance[node] === UNREACHABLE) unreachableBytes += bytes;
    if (heap.isDetached(node)) detachedCount += 1;
  }
  const categories = [...sums].map(([category, sum]) => ({ category, ...sum }));
  return {
    objectCount: graph.nodes.length,
    referenceCount: graph.edges.length,
    totalBytes,
    unreachableBytes,
    categories: categories.sort((a, b) => b.bytes - a.bytes),
    detachedCount,
  };
}

/** Of classes that say more than the type does. */
function categoryOfClass(name: string): HeapCategory | undefined {
  if (name === 'Array') return 'arrays';
  if (
    /^(?:Shared)?ArrayBuffer$|^(?:Big)?(?:Uint|Int|Float)\d+(?:Clamped)?Array$|^(?:DataView|Buffer)$/.test(
      name,
    )
  ) {
    return 'typed arrays';
  }
  return name === 'system / JSArrayBufferData' ? 'typed arrays' : undefined;
}

function categoryOfType(number: number): HeapCategory {
  switch (nodeTypeAt(number)) {
    case 'code':
      return 'code';
    case 'string':
    case 'concatenated string':
    case 'sliced string':
      return 'strings';
    case 'array':
      return 'arrays';
    case 'object':
    case 'regexp':
      return 'objects';
    case 'closure':
      return 'closures';
    case 'hidden':
    case 'synthetic':
    case 'object shape':
      return 'system';
    default:
      return 'other';
  }
}
