import { NumberColumn } from '../../model/number-column.ts';
import type { HeapGraph, IndexIntoHeapNodes } from '../model/heap-graph.ts';
import { EDGE_TYPE } from './node-type.ts';
import { fitsShape, type PropertyNames } from './property-names.ts';
import { SequenceTable } from './sequence-table.ts';

/** The lists of properties that plain objects have, each once. */
export interface Shapes {
  readonly count: number;
  /** How many objects have each. */
  readonly counts: Uint32Array;
  /** The plain objects, in the order of the file, and the shape of each. */
  readonly objects: ArrayLike<IndexIntoHeapNodes>;
  readonly shapeOf: ArrayLike<number>;
  /** The first object that has it. */
  exampleOf(shape: number): IndexIntoHeapNodes;
  /** Whether it says all properties of its objects; those of too long a name are cut. */
  isWhole(shape: number): boolean;
  /** Whether it has any property. */
  isNamed(shape: number): boolean;
}

/** Reads every plain object once. A list of properties is known by its hash: an object with random keys costs 20 bytes. */
export function readShapes(
  { nodes, edges }: HeapGraph,
  properties: PropertyNames,
  isPlain: (node: number) => boolean,
): Shapes {
  const objects = new NumberColumn();
  const shapeOf = new NumberColumn();
  const table = new SequenceTable();
  const examples = new NumberColumn();
  const counts = new NumberColumn();
  const traits: number[] = [];
  for (let node = 0; node < nodes.length; node++) {
    if (!isPlain(node)) continue;
    table.begin();
    let characters = 1;
    let isWhole = true;
    const end = nodes.firstEdge[node + 1] as number;
    for (let edge = nodes.firstEdge[node] as number; edge < end; edge++) {
      if (edges.type[edge] !== EDGE_TYPE.property) continue;
      const string = edges.nameOrIndex[edge] as number;
      const length = properties.lengthOf(string);
      if (length < 0) continue;
      if (!fitsShape(characters, length)) {
        isWhole = false;
        break;
      }
      characters += length + (characters === 1 ? 0 : 2);
      table.push(string);
    }
    const shape = table.end();
    if (shape === counts.length) {
      counts.push(0);
      examples.push(node);
      traits.push(0);
    }
    counts.set(shape, counts.at(shape) + 1);
    if (!isWhole) traits[shape] = CUT;
    objects.push(node);
    shapeOf.push(shape);
  }
  return {
    count: counts.length,
    counts: Uint32Array.from(counts.finish()),
    objects: objects.finish(),
    shapeOf: shapeOf.finish(),
    exampleOf: (shape) => examples.at(shape),
    isWhole: (shape) => traits[shape] !== CUT,
    isNamed: (shape) => shape !== table.emptyIndex,
  };
}

/** Of at least one of its objects there is more than the shape says. */
const CUT = 1;
