import type { HeapMemory } from '../memory/heap-memory.ts';
import type { HeapAnalysis } from '../model/heap-graph.ts';

/** The dominator tree downwards, as compressed rows. */
export interface DominatedRows {
  /** Where those that each node immediately dominates begin; one more entry than there are nodes. */
  readonly first: Uint32Array;
  /** In the order of the file. */
  readonly nodes: Uint32Array;
}

export function toDominatedRows(
  { dominator }: Pick<HeapAnalysis, 'dominator'>,
  memory: HeapMemory,
): DominatedRows {
  const { length } = dominator;
  return fillDominatedRows(dominator, memory.uint32(length + 1), memory.uint32(length));
}

/** The same in room that there is already, with whatever in it: for every node, and for one more at `first`. */
export function fillDominatedRows(
  dominator: Uint32Array,
  first: Uint32Array,
  room: Uint32Array,
): DominatedRows {
  const { length } = dominator;
  first.fill(0);
  for (let node = 0; node < length; node++) {
    const above = dominator[node] as number;
    if (above !== node) first[above + 1] = (first[above + 1] as number) + 1;
  }
  for (let node = 0; node < length; node++) {
    first[node + 1] = (first[node + 1] as number) + (first[node] as number);
  }
  const nodes = room.subarray(0, first[length]);
  // Filled from behind, so that `first` counts down to where each row begins, and no second array of that size is needed.
  for (let node = length; node > 0; node--) first[node] = first[node - 1] as number;
  first[0] = 0;
  for (let node = 0; node < length; node++) {
    const above = dominator[node] as number;
    if (above === node) continue;
    const at = first[above + 1] as number;
    nodes[at] = node;
    first[above + 1] = at + 1;
  }
  return { first, nodes };
}
