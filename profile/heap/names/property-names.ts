import type { HeapGraph } from '../model/heap-graph.ts';
import { EDGE_TYPE } from './node-type.ts';
import { formatPropertyName } from './property-name.ts';

/** A shape's name is not longer than this, unless its first property's name is. */
const MOST_CHARACTERS = 120;
const PROTOTYPE = '__proto__';

/** The properties of objects, as indices into the strings. What a property's name takes in a shape's is found out once. */
export class PropertyNames {
  readonly #graph: HeapGraph;
  /** Characters that each name takes, and one; 0 where it was not looked at yet, `SKIPPED` for the prototype. */
  readonly #lengths: Uint16Array;

  constructor(graph: HeapGraph) {
    this.#graph = graph;
    this.#lengths = new Uint16Array(graph.strings.length);
  }

  /** Characters that the name takes; -1 when it is no part of a shape. */
  lengthOf(string: number): number {
    let known = this.#lengths[string] as number;
    if (known === 0) {
      const text = this.#graph.strings.text(string);
      known = text === PROTOTYPE ? SKIPPED : Math.min(formatPropertyName(text).length + 1, SKIPPED - 1);
      this.#lengths[string] = known;
    }
    return known === SKIPPED ? -1 : known - 1;
  }

  /** All, in the order in which V8 wrote them down. */
  allOf(node: number): number[] {
    const { nodes, edges } = this.#graph;
    const found: number[] = [];
    for (let edge = nodes.firstEdge[node] as number; edge < (nodes.firstEdge[node + 1] as number); edge++) {
      if (edges.type[edge] === EDGE_TYPE.property) found.push(edges.nameOrIndex[edge] as number);
    }
    return found;
  }

  /** Those that fit into a shape's name: from the first on until one does not. */
  fittingOf(node: number): number[] {
    const fitting: number[] = [];
    let characters = 1;
    for (const string of this.allOf(node)) {
      const length = this.lengthOf(string);
      if (length < 0) continue;
      if (!fitsShape(characters, length)) break;
      characters += length + (fitting.length === 0 ? 0 : 2);
      fitting.push(string);
    }
    return fitting;
  }

  format(list: readonly number[]): string {
    return `{${list.map((string) => formatPropertyName(this.#graph.strings.text(string))).join(', ')}}`;
  }
}

const SKIPPED = 0xffff;

/** Whether a name of so many characters is added to a shape's that has so many, its brace included. */
export function fitsShape(characters: number, length: number): boolean {
  return characters <= 1 || characters + length <= MOST_CHARACTERS;
}
