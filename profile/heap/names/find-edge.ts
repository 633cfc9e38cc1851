import type { HeapGraph, IndexIntoHeapNodes } from '../model/heap-graph.ts';
import { hasStringName } from './edge-name.ts';

/** What a node holds by the first of these names that it has; edges that have a number for a name are not looked at. */
export function findHeld(
  { nodes, edges, strings }: HeapGraph,
  node: IndexIntoHeapNodes,
  names: readonly string[],
): IndexIntoHeapNodes | undefined {
  for (let edge = nodes.firstEdge[node] as number; edge < (nodes.firstEdge[node + 1] as number); edge++) {
    if (!hasStringName(edges.type[edge])) continue;
    if (names.includes(strings.text(edges.nameOrIndex[edge] as number))) return edges.to[edge];
  }
  return undefined;
}
