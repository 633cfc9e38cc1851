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

/** Reads plain objects, each once. A list of properties is known by its hash: an object with random keys costs 20 bytes. */
export class ShapeReader {
  readonly #graph: HeapGraph;
  readonly #properties: PropertyNames;
  readonly #isPlain: (node: IndexIntoHeapNodes) => boolean;
  readonly #objects = new NumberColumn();
  readonly #shapeOf = new NumberColumn();
  readonly #table = new SequenceTable();
  readonly #examples = new NumberColumn();
  readonly #counts = new NumberColumn();
  /** Shapes of which at least one object has more than they say. */
  readonly #cut = new Set<number>();

  constructor(graph: HeapGraph, properties: PropertyNames, isPlain: (node: IndexIntoHeapNodes) => boolean) {
    this.#graph = graph;
    this.#properties = properties;
    this.#isPlain = isPlain;
  }

  read(from: IndexIntoHeapNodes, to: IndexIntoHeapNodes): void {
    for (let node = from; node < to; node++) if (this.#isPlain(node)) this.#readObject(node);
  }

  finish(): Shapes {
    const [counts, examples, cut] = [this.#counts, this.#examples, this.#cut];
    return {
      count: counts.length,
      counts: Uint32Array.from(counts.finish()),
      objects: this.#objects.finish(),
      shapeOf: this.#shapeOf.finish(),
      exampleOf: (shape) => examples.at(shape),
      isWhole: (shape) => !cut.has(shape),
      isNamed: (shape) => shape !== this.#table.emptyIndex,
    };
  }

  #readObject(node: IndexIntoHeapNodes): void {
    const isWhole = this.#readProperties(node);
    const shape = this.#table.end();
    if (shape === this.#counts.length) {
      this.#counts.push(0);
      this.#examples.push(node);
    }
    this.#counts.set(shape, this.#counts.at(shape) + 1);
    if (!isWhole) this.#cut.add(shape);
    this.#objects.push(node);
    this.#shapeOf.push(shape);
  }

  /** Whether all of them fit into the name of a shape. */
  #readProperties(node: IndexIntoHeapNodes): boolean {
    const { nodes, edges } = this.#graph;
    this.#table.begin();
    let characters = 1;
    const end = nodes.firstEdge[node + 1] as number;
    for (let edge = nodes.firstEdge[node] as number; edge < end; edge++) {
      if (edges.type[edge] !== EDGE_TYPE.property) continue;
      const string = edges.nameOrIndex[edge] as number;
      const length = this.#properties.lengthOf(string);
      if (length < 0) continue;
      if (!fitsShape(characters, length)) return false;
      characters += length + (characters === 1 ? 0 : 2);
      this.#table.push(string);
    }
    return true;
  }
}
