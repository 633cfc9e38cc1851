import type { HeapGraph } from '../model/heap-graph.ts';
import { STEP_ROWS, type Steps } from './steps.ts';

/**
 * Where the list of each node begins when all edges are sorted by what they lead to.
 *
 * @param first zeros, one more than nodes
 */
export function* countRetainers(graph: HeapGraph, first: Uint32Array): Steps<void> {
  const { to, length } = graph.edges;
  for (let from = 0; from < length; from += STEP_ROWS) {
    const end = Math.min(length, from + STEP_ROWS);
    for (let edge = from; edge < end; edge++) {
      const target = to[edge] as number;
      first[target] = (first[target] as number) + 1;
    }
    yield end / length;
  }
  let sum = 0;
  for (let node = 0; node < first.length; node++) {
    const count = first[node] as number;
    first[node] = sum;
    sum += count;
  }
}

/** Moves every beginning back to where it was before its list was filled by `first[node]++`. */
export function rewind(first: Uint32Array): void {
  first.copyWithin(1, 0, first.length - 1);
  first[0] = 0;
}

/** Sorts all edges by what they lead to. */
export function* listRetainers(
  graph: HeapGraph,
  first: Uint32Array,
  retainingEdge: Uint32Array,
): Steps<void> {
  const { to, length } = graph.edges;
  for (let from = 0; from < length; from += STEP_ROWS) {
    const end = Math.min(length, from + STEP_ROWS);
    for (let edge = from; edge < end; edge++) {
      const target = to[edge] as number;
      const slot = first[target] as number;
      first[target] = slot + 1;
      retainingEdge[slot] = edge;
    }
    yield end / length;
  }
  rewind(first);
}
