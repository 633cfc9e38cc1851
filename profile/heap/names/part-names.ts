import type { HeapGraph } from '../model/heap-graph.ts';

/** The names by which V8's strings hold their parts, as indices into the strings; -1 where no string has any. */
export class PartNames {
  readonly #graph: HeapGraph;
  #known: readonly [first: number, second: number, parent: number] | undefined;

  constructor(graph: HeapGraph) {
    this.#graph = graph;
  }

  get first(): number {
    return this.#find()[0];
  }

  get second(): number {
    return this.#find()[1];
  }

  get parent(): number {
    return this.#find()[2];
  }

  #find(): readonly [number, number, number] {
    this.#known ??= [
      findString(this.#graph, 'first'),
      findString(this.#graph, 'second'),
      findString(this.#graph, 'parent'),
    ];
    return this.#known;
  }
}

/** Looks through all strings, without making texts of them. */
function findString({ strings: { bytes, start, length } }: HeapGraph, text: string): number {
  const wanted = new TextEncoder().encode(text);
  for (let index = 0; index < length; index++) {
    const from = start[index] as number;
    if ((start[index + 1] as number) - from !== wanted.length) continue;
    if (wanted.every((byte, at) => bytes[from + at] === byte)) return index;
  }
  return -1;
}
