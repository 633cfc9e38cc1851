import type { HeapGraph } from '../model/heap-graph.ts';
import { inRanges, type Steps } from './steps.ts';

/**
 * Where the list of each node begins when all edges are sorted by what they lead to.
 *
 * @param first zeros, one more than nodes
 */
export function* countRetainers(graph: HeapGraph, first: Uint32Array): Steps<void> {
  yield* inRanges(graph.edges.length, (from, to) => countTargets(graph.edges.to, first, from, to));
  let sum = 0;
  for (let node = 0; node < first.length; node++) {
    const count = first[node] as number;
    first[node] = sum;
    sum += count;
  }
}

function countTargets(target: Uint32Array, count: Uint32Array, from: number, to: number): void {
  for (let edge = from; edge < to; edge++) {
    const node = target[edge] as number;
    count[node] = (count[node] as number) + 1;
  }
}

/** Sorts all edges by what they lead to. */
export function* listRetainers(
  graph: HeapGraph,
  first: Uint32Array,
  retainingEdge: Uint32Array,
): Steps<void> {
  const { edges } = graph;
  yield* inRanges(edges.length, (from, to) => sortEdges(edges.to, first, retainingEdge, from, to));
  rewind(first);
}

function sortEdges(
  target: Uint32Array,
  first: Uint32Array,
  retainingEdge: Uint32Array,
  from: number,
  to: number,
): void {
  for (let edge = from; edge < to; edge++) {
    const node = target[edge] as number;
    const slot = first[node] as number;
    first[node] = slot + 1;
    retainingEdge[slot] = edge;
  }
}

/** Moves every beginning back to where it was before its list was filled by `first[node]++`. */
export function rewind(first: Uint32Array): void {
  first.copyWithin(1, 0, first.length - 1);
  first[0] = 0;
}
