/** Where a class stands in the list of names. */
export type IndexIntoHeapClasses = number;

/** Which class each object is of. Two columns, so that an index file can keep them. */
export interface HeapClasses {
  /** Each name once: `Player`, `(string)`, `{id, name, seat}`. */
  readonly names: readonly string[];
  /** An index into the names, of each node. */
  readonly classOf: Uint32Array;
}
