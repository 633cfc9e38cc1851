import type { GraphCells } from '../model/heap-cells.ts';
import type { IndexIntoHeapEdges } from '../model/heap-graph.ts';
import { EDGE_TYPE } from './node-type.ts';

/** How V8 names both edges to a value in a WeakMap. */
const WEAK_MAP_EDGE = /^\d+ \/ part of key \((.*) @(\d+)\) -> value \(.*\) pair in WeakMap \(table @\d+\)$/s;
const MOST_CHARACTERS = 200;

/** An edge as one reads it: a property or variable by its name, `[3]`, what V8 keeps for itself by V8's word. */
export function edgeName({ edges, strings }: GraphCells, edge: IndexIntoHeapEdges): string {
  const type = edges.type.get(edge);
  const nameOrIndex = edges.nameOrIndex.get(edge);
  if (type === EDGE_TYPE.element) return `[${nameOrIndex}]`;
  if (type === EDGE_TYPE.hidden) return `(${nameOrIndex})`;
  return readableName(strings.text(nameOrIndex), type);
}

/** What the two edges to a value in a WeakMap have in common, the one from its key and the one from the table. */
export function weakMapPair({ edges, strings }: GraphCells, edge: IndexIntoHeapEdges): string | undefined {
  if (edges.type.get(edge) !== EDGE_TYPE.internal) return undefined;
  const name = strings.text(edges.nameOrIndex.get(edge));
  return WEAK_MAP_EDGE.test(name) ? name.slice(name.indexOf('/')) : undefined;
}

/** A name of an edge, cut, with the pair of a WeakMap made readable. */
export function readableName(name: string, type: number | undefined): string {
  if (type === EDGE_TYPE.internal) {
    const [, key, id] = WEAK_MAP_EDGE.exec(name) ?? [];
    if (key !== undefined) return `WeakMap[${cut(key, 80)} @${id}]`;
  }
  return cut(name, MOST_CHARACTERS);
}

export function cut(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}

/** Whether the name of the edge is an index into the strings; else it is a number. */
export function hasStringName(type: number | undefined): boolean {
  return type !== EDGE_TYPE.element && type !== EDGE_TYPE.hidden;
}
