// Usage: node memlab-process.ts MODULE
import { createRequire } from 'node:module';
import { answerParent } from '../harness/child.ts';
import type { Opened } from './opened.ts';
import { startStopwatch } from './stopwatch.ts';

interface Memlab {
  getFullHeapFromFile(path: string): Promise<MemlabHeap>;
}

interface MemlabHeap {
  readonly nodes: { readonly length: number; get(index: number): { readonly retainedSize: number } | null };
  readonly edges: { readonly length: number };
}

const [modulePath = ''] = process.argv.slice(2);
const memlab = createRequire(import.meta.url)(modulePath) as Memlab;

answerParent({
  /** Its full heap has dominators and retained sizes by object. It has no table of classes, so it is charged for none. */
  async open(path: string): Promise<Opened> {
    const stop = startStopwatch();
    const heap = await memlab.getFullHeapFromFile(path);
    const taken = stop();
    if (!heap.nodes.get(0)?.retainedSize) throw new Error('memlab has not computed what the root retains');
    return { ...taken, nodeCount: heap.nodes.length, edgeCount: heap.edges.length };
  },
});
