import {
  HEAP_EDGE_TYPES,
  HEAP_NODE_TYPES,
  type HeapEdgeType,
  type HeapNodeType,
} from '../model/heap-graph.ts';

/** The number of each type of node in the columns. */
export const NODE_TYPE = numbersOf(HEAP_NODE_TYPES);
/** The number of each type of edge in the columns. */
export const EDGE_TYPE = numbersOf(HEAP_EDGE_TYPES);

export function nodeTypeAt(number: number | undefined): HeapNodeType {
  return HEAP_NODE_TYPES[number ?? 0] ?? 'hidden';
}

export function edgeTypeAt(number: number | undefined): HeapEdgeType {
  return HEAP_EDGE_TYPES[number ?? 0] ?? 'hidden';
}

function numbersOf<Name extends string>(names: readonly Name[]): Readonly<Record<Name, number>> {
  return Object.fromEntries(names.map((name, number) => [name, number])) as Record<Name, number>;
}
