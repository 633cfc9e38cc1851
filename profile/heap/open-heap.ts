import { analyseHeap } from './analysis/analyse-heap.ts';
import type { HeapMemory } from './memory/heap-memory.ts';
import type { HeapGraph, HeapProgress } from './model/heap-graph.ts';
import { nameClasses } from './names/name-classes.ts';
import { OpenHeap } from './query/open-heap.ts';

/**
 * Makes of a graph that was read what can be asked: analysis, names, and the sums of all classes, which the first view shows.
 * Stops now and then, as `analyseHeap` does.
 *
 * @throws ProfileMemoryError
 */
export function* openHeap(graph: HeapGraph, memory: HeapMemory): Generator<HeapProgress, OpenHeap, void> {
  const analysis = yield* analyseHeap(graph, memory);
  const progress = (share: number): HeapProgress => ({
    phase: 'names',
    share,
    memoryBytes: memory.usedBytes,
  });
  const steps = nameClasses(graph, memory);
  let step = steps.next();
  for (; !step.done; step = steps.next()) yield progress(step.value * SHARE_OF_NAMES);
  const heap = new OpenHeap(analysis, step.value, memory);
  yield progress(SHARE_OF_NAMES);
  void heap.dominated;
  yield progress(SHARE_OF_DOMINATED);
  void heap.totals;
  return heap;
}

const SHARE_OF_NAMES = 0.5;
const SHARE_OF_DOMINATED = 0.65;
