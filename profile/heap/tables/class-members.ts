import type { HeapMemory } from '../memory/heap-memory.ts';
import type { HeapAnalysis } from '../model/heap-graph.ts';
import type { HeapClasses, IndexIntoHeapClasses } from '../names/heap-classes.ts';

/** The objects of each class, as compressed rows in the order of the file. Those of no size of their own are in none. */
export interface ClassMembers {
  readonly first: Uint32Array;
  readonly nodes: Uint32Array;
}

export function toClassMembers(
  { shallowSize }: HeapAnalysis,
  { names, classOf }: HeapClasses,
  memory: HeapMemory,
): ClassMembers {
  const { length } = shallowSize;
  const first = new Uint32Array(names.length + 1);
  for (let node = 0; node < length; node++) {
    if ((shallowSize[node] as number) === 0) continue;
    const row = (classOf[node] as number) + 1;
    first[row] = (first[row] as number) + 1;
  }
  for (let row = 0; row < names.length; row++) {
    first[row + 1] = (first[row + 1] as number) + (first[row] as number);
  }
  const members = memory.uint32(first[names.length] as number);
  const next = first.slice();
  for (let node = 0; node < length; node++) {
    if ((shallowSize[node] as number) === 0) continue;
    const row = classOf[node] as number;
    const at = next[row] as number;
    members[at] = node;
    next[row] = at + 1;
  }
  return { first, nodes: members };
}

/** A view of the column, not a copy. */
export function membersOf({ first, nodes }: ClassMembers, ofClass: IndexIntoHeapClasses): Uint32Array {
  return nodes.subarray(first[ofClass], first[ofClass + 1]);
}
