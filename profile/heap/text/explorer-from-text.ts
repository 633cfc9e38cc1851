import { HeapMemory } from '../memory/heap-memory.ts';
import type { HeapGraph } from '../model/heap-graph.ts';
import { openHeap } from '../open-heap.ts';
import { HeapExplorer } from '../query/heap-explorer.ts';
import type { HeapComparison } from '../query/heap-query.ts';
import type { OpenHeap } from '../query/open-heap.ts';
import type { DrawnNode } from './heap-drawing.ts';
import { type DrawnHeap, heapFromText, readHeap } from './heap-from-text.ts';
import { snapshotOf } from './snapshot-file.ts';

export interface DrawnExplorer extends DrawnHeap {
  readonly explorer: HeapExplorer;
  readonly heap: OpenHeap;
}

/** A heap drawn as text, ready to be asked. */
export function explorerFromText(text: string): DrawnExplorer {
  const drawn = heapFromText(text);
  return { ...drawn, ...explorerOf(drawn.graph) };
}

/** The second of two snapshots, with the first as the earlier one; objects are the same by their ids. */
export function explorerOfTwo(
  before: string,
  after: string,
  processes?: HeapComparison['processes'],
): HeapExplorer {
  return new HeapExplorer(explorerFromText(after).heap, explorerFromText(before).heap, processes);
}

/** A heap as its nodes, ready to be asked. */
export function explorerFromNodes(nodes: readonly DrawnNode[]): Pick<DrawnExplorer, 'explorer' | 'heap'> {
  return explorerOf(readHeap(new TextEncoder().encode(JSON.stringify(snapshotOf(nodes)))));
}

function explorerOf(graph: HeapGraph): Pick<DrawnExplorer, 'explorer' | 'heap'> {
  const steps = openHeap(graph, new HeapMemory());
  for (;;) {
    const step = steps.next();
    if (step.done) return { heap: step.value, explorer: new HeapExplorer(step.value) };
  }
}
