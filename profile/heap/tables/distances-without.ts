import { DistanceWalk } from '../analysis/distances.ts';
import { MarkedStrings } from '../analysis/marked-strings.ts';
import type { Steps } from '../analysis/steps.ts';
import { BitSet } from '../memory/bit-set.ts';
import type { HeapMemory } from '../memory/heap-memory.ts';
import type { HeapGraph, IndexIntoHeapNodes } from '../model/heap-graph.ts';

/**
 * Distances from the root as if some objects were not there. Some second for 13 million objects; the column is to be given back
 * to the memory.
 */
export function* distancesWithout(
  graph: HeapGraph,
  ignored: Iterable<IndexIntoHeapNodes>,
  memory: HeapMemory,
): Steps<Int32Array> {
  const marked = new MarkedStrings(graph.strings, memory);
  const queue = memory.uint32(graph.nodes.length);
  const seen = new BitSet(memory.uint32(BitSet.wordsFor(graph.nodes.length)));
  const columns: (Uint32Array | Int32Array)[] = [queue, seen.words];
  try {
    yield* marked.find();
    // What was seen before the walk begins is not walked through.
    for (const node of ignored) seen.add(node);
    const distance = memory.int32(graph.nodes.length);
    columns.push(distance);
    const walk = new DistanceWalk(graph, marked, seen, distance, memory);
    try {
      yield* walk.fromUserRoots(queue);
      yield* walk.fromRoot(queue);
    } finally {
      walk.release();
    }
    columns.pop();
    return distance;
  } finally {
    for (const column of columns) memory.release(column);
    marked.release(memory);
  }
}
