/** As V8 numbers them. */
export const NODE = {
  hidden: 0,
  array: 1,
  string: 2,
  object: 3,
  code: 4,
  closure: 5,
  regexp: 6,
  number: 7,
  native: 8,
  synthetic: 9,
  concatenated: 10,
  sliced: 11,
  symbol: 12,
  bigint: 13,
  shape: 14,
} as const;

export const EDGE = {
  context: 0,
  element: 1,
  property: 2,
  internal: 3,
  hidden: 4,
  shortcut: 5,
  weak: 6,
} as const;

/** Of native objects: whether they hang in a document. */
export const UNKNOWN = 0;
export const ATTACHED = 1;
export const DETACHED = 2;

/**
 * Hears of a heap node by node, each with its edges after it. The same heap is told several times, each time in the same words: to
 * count, to write nodes, to write edges, to write texts.
 */
export interface HeapSink {
  /** Where the next node will stand. */
  readonly nextNode: number;
  node(type: number, name: number, selfSize: number, detachedness?: number): void;
  /** Of the node told last. `name` is a string, or the number of the element for `element` and `hidden`. */
  edge(type: number, name: number, to: number): void;
  /** Where code stands, of the node told last. */
  location(scriptId: number, line: number, column: number): void;
  /** A string that stands for itself alone: its index. `make` is called when it is written. */
  text(make: () => string): number;
}

/** What V8 calls the node at that place: odd, alike for all that is told of one heap, not in the order of the file. */
export const idOf = (node: number): number => 2 * (node < 64 ? node : node ^ 21) + 1;

/** A heap that can be told again and again. */
export interface ToldHeap {
  /** Strings that many nodes and edges share, by their index. */
  readonly names: readonly string[];
  tell(sink: HeapSink): void;
}
