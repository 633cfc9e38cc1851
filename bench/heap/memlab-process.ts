// Usage: node memlab-process.ts MODULE
import { createRequire } from 'node:module';
import { answerParent } from '../harness/child.ts';
import type { Opened } from './opened.ts';

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
    const startedAt = performance.now();
    const heap = await memlab.getFullHeapFromFile(path);
    const seconds = (performance.now() - startedAt) / 1000;
    if (!heap.nodes.get(0)?.retainedSize) throw new Error('memlab has not computed what the root retains');
    return { seconds, nodeCount: heap.nodes.length, edgeCount: heap.edges.length };
  },
});
