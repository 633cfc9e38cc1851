import type { GraphCells } from '../model/heap-cells.ts';
import type { IndexIntoHeapNodes } from '../model/heap-graph.ts';
import { hasStringName } from './edge-name.ts';

/** What a node holds by the first of these names that it has; edges that have a number for a name are not looked at. */
export function findHeld(
  { nodes, edges, strings }: GraphCells,
  node: IndexIntoHeapNodes,
  names: readonly string[],
): IndexIntoHeapNodes | undefined {
  for (let edge = nodes.firstEdge.get(node); edge < nodes.firstEdge.get(node + 1); edge++) {
    if (!hasStringName(edges.type.get(edge))) continue;
    if (names.includes(strings.text(edges.nameOrIndex.get(edge)))) return edges.to.get(edge);
  }
  return undefined;
}
