import { analyseHeap } from './analysis/analyse-heap.ts';
import { part, type Steps } from './analysis/steps.ts';
import type { HeapMemory } from './memory/heap-memory.ts';
import type { HeapAnalysis, HeapGraph, HeapProgress } from './model/heap-graph.ts';
import type { HeapClasses } from './names/heap-classes.ts';
import { nameClasses } from './names/name-classes.ts';
import { type HeapTables, OpenHeap } from './query/open-heap.ts';
import { type ClassCounts, ClassSums, countByClass } from './tables/class-totals.ts';
import { type DominatedRows, toDominatedRows } from './tables/dominated-rows.ts';

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
  const tables = part(SHARE_OF_NAMES, 1, sumUpClasses(analysis, classes, memory));
  let sum = tables.next();
  for (; !sum.done; sum = tables.next()) yield progress(sum.value);
  return new OpenHeap(analysis, classes, memory, sum.value);
}

/**
 * What the first view shows.
 *
 * @param made what there is already
 * @throws ProfileMemoryError
 */
export function* sumUpClasses(
  analysis: HeapAnalysis,
  classes: HeapClasses,
  memory: HeapMemory,
  made: { readonly dominated?: DominatedRows; readonly counts?: ClassCounts | undefined } = {},
): Steps<HeapTables> {
  const dominated = made.dominated ?? toDominatedRows(analysis, memory);
  const counting = countByClass(analysis, classes.classOf, classes.names.length);
  const counts = made.counts ?? (yield* part(SHARE_OF_DOMINATED, SHARE_OF_COUNTS, counting));
  const sums = new ClassSums(analysis, classes, dominated, 0, counts);
  while (sums.advance())
    yield SHARE_OF_COUNTS + ((1 - SHARE_OF_COUNTS) * sums.walked) / analysis.graph.nodes.length;
  return { dominated, totals: sums.totals };
}

const SHARE_OF_NAMES = 0.4;
const SHARE_OF_DOMINATED = 0.25;
const SHARE_OF_COUNTS = 0.4;
