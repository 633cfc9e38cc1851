import { analyseHeap } from '../analysis/analyse-heap.ts';
import { HeapMemory } from '../memory/heap-memory.ts';
import type { HeapAnalysis, HeapGraph } from '../model/heap-graph.ts';

/** The whole analysis in one go. */
export function analyse(graph: HeapGraph, memory = new HeapMemory()): HeapAnalysis {
  const work = analyseHeap(graph, memory);
  for (let step = work.next(); ; step = work.next()) if (step.done) return step.value;
}
