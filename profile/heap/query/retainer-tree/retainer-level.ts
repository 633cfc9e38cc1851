import type { Bytes } from '../../../model/profile.ts';
import type { IndexIntoHeapNodes } from '../../model/heap-graph.ts';

/** Where the objects that were asked about have arrived on their ways to the root, each place once. */
export interface RetainerLevel {
  readonly nodes: Uint32Array;
  /** How many of the objects have arrived at each, and what they retain. */
  readonly counts: Float64Array;
  readonly bytes: Float64Array;
}

export function levelBytes({ nodes, counts, bytes }: RetainerLevel): Bytes {
  return nodes.byteLength + counts.byteLength + bytes.byteLength;
}

/** Collects a level. */
export class RetainerLevelBuilder {
  /** By node: its place and one; as long as the heap, for only so the places of millions are found at once. */
  readonly #places: Uint32Array;
  readonly #nodes: Uint32Array;
  readonly #counts: Float64Array;
  readonly #bytes: Float64Array;
  #length = 0;

  constructor(nodeCount: number, most: number) {
    this.#places = new Uint32Array(nodeCount);
    this.#nodes = new Uint32Array(most);
    this.#counts = new Float64Array(most);
    this.#bytes = new Float64Array(most);
  }

  get length(): number {
    return this.#length;
  }

  add(node: IndexIntoHeapNodes, count: number, bytes: number): void {
    let place = this.#places[node] as number;
    if (place === 0) {
      place = ++this.#length;
      this.#places[node] = place;
      this.#nodes[place - 1] = node;
    }
    this.#counts[place - 1] = (this.#counts[place - 1] as number) + count;
    this.#bytes[place - 1] = (this.#bytes[place - 1] as number) + bytes;
  }

  build(): RetainerLevel {
    return {
      nodes: this.#nodes.slice(0, this.#length),
      counts: this.#counts.slice(0, this.#length),
      bytes: this.#bytes.slice(0, this.#length),
    };
  }
}
