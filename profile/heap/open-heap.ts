import { analyseHeap } from './analysis/analyse-heap.ts';
import { part } from './analysis/steps.ts';
import type { HeapMemory } from './memory/heap-memory.ts';
import type { HeapGraph, HeapProgress } from './model/heap-graph.ts';
import { nameClasses } from './names/name-classes.ts';
import { OpenHeap } from './query/open-heap.ts';
import { ClassSums } from './tables/class-totals.ts';
import { toDominatedRows } from './tables/dominated-rows.ts';

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
  const names = part(0, SHARE_OF_NAMES, nameClasses(analysis, memory));
  let step = names.next();
  for (; !step.done; step = names.next()) yield progress(step.value);
  const classes = step.value;
  const dominated = toDominatedRows(analysis, memory);
  yield progress(SHARE_OF_DOMINATED);
  const sums = new ClassSums(analysis, classes, dominated, 0);
  while (sums.advance()) {
    yield progress(SHARE_OF_DOMINATED + ((1 - SHARE_OF_DOMINATED) * sums.walked) / graph.nodes.length);
  }
  return new OpenHeap(analysis, classes, memory, { dominated, totals: sums.totals });
}

const SHARE_OF_NAMES = 0.4;
const SHARE_OF_DOMINATED = 0.55;
