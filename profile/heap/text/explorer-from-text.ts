import { HeapMemory } from '../memory/heap-memory.ts';
import { openHeap } from '../open-heap.ts';
import { HeapExplorer } from '../query/heap-explorer.ts';
import type { OpenHeap } from '../query/open-heap.ts';
import { type DrawnHeap, heapFromText } from './heap-from-text.ts';

export interface DrawnExplorer extends DrawnHeap {
  readonly explorer: HeapExplorer;
  readonly heap: OpenHeap;
}

/** A heap drawn as text, ready to be asked. */
export function explorerFromText(text: string): DrawnExplorer {
  const drawn = heapFromText(text);
  const steps = openHeap(drawn.graph, new HeapMemory());
  for (;;) {
    const step = steps.next();
    if (step.done) return { ...drawn, heap: step.value, explorer: new HeapExplorer(step.value) };
  }
}
