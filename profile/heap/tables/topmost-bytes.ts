import type { HeapAnalysis, IndexIntoHeapNodes } from '../model/heap-graph.ts';

const UNKNOWN = 0;
const WITHIN = 1;
const OUTSIDE = 2;

/**
 * What each of some objects retains, or 0 where another of them dominates it: so that the sum has each byte once. Each node of
 * the dominator tree is looked at once, however long its chains are.
 */
export function topmostBytes(
  { dominator, retainedSize }: HeapAnalysis,
  objects: ArrayLike<IndexIntoHeapNodes>,
): Float64Array {
  /** Whether a node is one of them or hangs below one. */
  const state = new Uint8Array(dominator.length);
  for (let at = 0; at < objects.length; at++) state[objects[at] as number] = WITHIN;
  const bytes = new Float64Array(objects.length);
  for (let at = 0; at < objects.length; at++) {
    const node = objects[at] as number;
    if (stateAbove(dominator, state, node) === OUTSIDE) bytes[at] = retainedSize[node] as number;
  }
  return bytes;
}

function stateAbove(dominator: Uint32Array, state: Uint8Array, node: IndexIntoHeapNodes): number {
  if (dominator[node] === node) return OUTSIDE;
  const first = dominator[node] as number;
  let top = first;
  while (state[top] === UNKNOWN && dominator[top] !== top) top = dominator[top] as number;
  const found = state[top] === WITHIN ? WITHIN : OUTSIDE;
  for (let at = first; state[at] === UNKNOWN; at = dominator[at] as number) state[at] = found;
  return found;
}
