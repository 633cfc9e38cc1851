import { inBlocksFromEnd } from '../model/blocks.ts';
import type { Scratch } from '../model/scratch.ts';
import type { Stacks } from '../transform/stacks.ts';
import type { TotalColumns } from './merge-stacks.ts';

/**
 * Where rows stand in depth-first order, the heaviest child first; what is equally heavy stands in the order of functions. By row, and
 * of those rows alone that are shown; lent.
 */
export interface RowOrder {
  /** How many are below a row. */
  readonly rowsBelow: Uint32Array;
  /** How many stand after a row and what is below it, of those below its parent. */
  readonly rowsAfter: Uint32Array;
}

/** This far into a family a row looks for its place; nearly all have fewer children. */
const FEW = 24;
/** The root is nobody's child. */
const NONE = 0;
/** Nothing weighs less than nothing. */
const LESS_THAN_ANY = -1;

interface Families extends RowOrder {
  readonly firstChild: Uint32Array;
  readonly nextSibling: Uint32Array;
  /** Parents whose children are sorted in the end, in one go. */
  readonly large: Set<number>;
}

/** A sample hit it, or one with anything to say. */
export function isShown(total: number, totalCount: number): boolean {
  return total > 0 || totalCount > 0;
}

/** Orders rows of which each parent stands before its children. */
export function orderRows(stacks: Stacks, totals: TotalColumns, scratch: Scratch): RowOrder {
  const { length } = stacks;
  const families = {
    firstChild: scratch.uint32(length),
    nextSibling: scratch.uint32(length),
    rowsBelow: scratch.uint32(length),
    rowsAfter: scratch.uint32(length),
    large: new Set<number>(),
  };
  const { total } = totals;
  const ofAll = total[NONE] as number;
  // So that whether there is another child at all need not be asked: a processor guesses that wrong for many a row.
  total[NONE] = LESS_THAN_ANY;
  inBlocksFromEnd(length, (first, end) => putAmongSiblings(stacks, totals, first, end, families));
  total[NONE] = ofAll;
  for (const above of families.large) sortFamily(above, total, stacks.func, families);
  return families;
}

/** From the last row on, each is put among those of its parent that were met before, most in front of them. */
function putAmongSiblings(
  { parent, func }: Stacks,
  { total, totalCount }: TotalColumns,
  first: number,
  end: number,
  { firstChild, nextSibling, rowsBelow, rowsAfter, large }: Families,
): void {
  for (let row = end - 1; row >= first && row > 0; row--) {
    const weight = total[row] as number;
    if (!isShown(weight, totalCount[row] as number)) continue;
    const above = parent[row] as number;
    const size = (rowsBelow[row] as number) + 1;
    let after = rowsBelow[above] as number;
    rowsBelow[above] = after + size;
    let before = NONE;
    let other = firstChild[above] as number;
    for (let tries = 0; (total[other] as number) >= weight; tries++) {
      if (total[other] === weight && (func[other] as number) > (func[row] as number)) break;
      if (tries === FEW) {
        large.add(above);
        break;
      }
      rowsAfter[other] = (rowsAfter[other] as number) + size;
      after -= (rowsBelow[other] as number) + 1;
      before = other;
      other = nextSibling[other] as number;
    }
    rowsAfter[row] = after;
    nextSibling[row] = other;
    if (before === NONE) firstChild[above] = row;
    else nextSibling[before] = row;
  }
}

function sortFamily(
  above: number,
  total: Float64Array,
  func: Uint32Array,
  { firstChild, nextSibling, rowsBelow, rowsAfter }: Families,
): void {
  const children: number[] = [];
  for (let row = firstChild[above] as number; row !== NONE; row = nextSibling[row] as number)
    children.push(row);
  const lightestFirst = Uint32Array.from(children).sort(
    (a, b) => (total[a] as number) - (total[b] as number) || (func[b] as number) - (func[a] as number),
  );
  let after = 0;
  for (const row of lightestFirst) {
    rowsAfter[row] = after;
    after += (rowsBelow[row] as number) + 1;
  }
}
