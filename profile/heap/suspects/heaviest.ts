import type { HeapMemory } from '../memory/heap-memory.ts';
import type { HeapAnalysis } from '../model/heap-graph.ts';

/** For each node the heaviest of those it immediately dominates; the node itself where it dominates none. */
export function toHeaviest({ dominator, retainedSize }: HeapAnalysis, memory: HeapMemory): Uint32Array {
  const heaviest = memory.uint32(dominator.length);
  for (let node = 0; node < heaviest.length; node++) heaviest[node] = node;
  for (let node = 0; node < heaviest.length; node++) {
    const above = dominator[node] as number;
    if (above === node) continue;
    const best = heaviest[above] as number;
    if (best === above || (retainedSize[node] as number) > (retainedSize[best] as number))
      heaviest[above] = node;
  }
  return heaviest;
}
