import type { CallTree, IndexIntoCallTree } from '../call-tree/call-tree.ts';

/** The calls of functions that were found. */
export interface MatchingRows {
  /** In the order of the tree, to go from one to the next. */
  readonly rows: Uint32Array;
  /** What found functions and all they called took; a match within a match is not counted again. */
  readonly value: number;
}

/** One pass over the tree; `found` has 1 for each function. The root is no match. */
export function matchRows(tree: CallTree, found: Uint8Array): MatchingRows {
  const { length, func, end, total } = tree;
  const rows = new Uint32Array(length);
  let count = 0;
  let value = 0;
  let countedUntil = 0;
  for (let row = 1; row < length; row++) {
    if (found[func[row] as number] !== 1) continue;
    rows[count++] = row;
    if (row < countedUntil) continue;
    countedUntil = end[row] as number;
    value += total[row] as number;
  }
  return { rows: rows.slice(0, count), value };
}

/** The next matching row after `from` (or before it), around the end if need be; undefined when there is none. */
export function findNextRow(
  { rows }: MatchingRows,
  from: IndexIntoCallTree,
  by: 1 | -1,
): IndexIntoCallTree | undefined {
  // How many stand before `from`, or with it when the next one is wanted.
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const row = rows[middle] as number;
    if (row < from || (by === 1 && row === from)) low = middle + 1;
    else high = middle;
  }
  return by === 1 ? (rows[low] ?? rows[0]) : (rows[low - 1] ?? rows.at(-1));
}
