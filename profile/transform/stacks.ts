import { StacksBuilder } from './stacks-builder.ts';

/** A tree of stacks in any order in which a parent stands before its children. Row 0 is the root. */
export interface Stacks {
  readonly length: number;
  /** -1 for the root. */
  readonly parent: Int32Array;
  readonly func: Uint32Array;
}

/** Where the map of a regrouping has no row. */
export const LEFT_OUT = -1;

/** Stacks made of others: no two rows have both parent and function in common. */
export interface Regrouped {
  readonly stacks: Stacks;
  /** From a row of the old stacks to the new one whose own it is now, or `LEFT_OUT`. */
  readonly rowOf: Int32Array;
}

/** Equal calls of equal callers become one row. */
export function mergeEqual({ length, parent, func }: Stacks): Regrouped {
  const builder = new StacksBuilder(func[0] as number, length);
  const rowOf = new Int32Array(length);
  for (let row = 1; row < length; row++) {
    rowOf[row] = builder.rowOf(rowOf[parent[row] as number] as number, func[row] as number);
  }
  return { stacks: builder.finish(), rowOf };
}
