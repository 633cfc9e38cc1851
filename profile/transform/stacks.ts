import { TupleTable } from '../model/tuple-table.ts';

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

/** Gathers the rows of new stacks. A parent must be asked for before its children. */
export class StacksBuilder {
  readonly #rows: TupleTable;

  constructor(root: number, expected: number) {
    this.#rows = new TupleTable(2, expected);
    this.#rows.intern(-1, root);
  }

  /** The row of this function when it is called by that row. */
  rowOf(parent: number, func: number): number {
    return this.#rows.intern(parent, func);
  }

  finish(): Stacks {
    const { length } = this.#rows;
    return { length, parent: new Int32Array(this.#rows.column(0).buffer), func: this.#rows.column(1) };
  }
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
