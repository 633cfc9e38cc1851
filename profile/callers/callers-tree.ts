import type { CallTree } from '../call-tree/call-tree.ts';
import { putHeaviestFirst } from '../call-tree/heaviest-first.ts';
import type { IndexIntoFunctionTable } from '../model/profile.ts';
import { Scratch } from '../model/scratch.ts';
import { CallerRows } from './caller-rows.ts';
import { startsOfAll, startsOfFunction } from './starts.ts';

/** A call tree turned around: a row's children are its callers. Every total is exact, whatever was unfolded. */
export interface CallersTree extends CallTree {
  /** 1 for each row whose callers are not in the tree because it is too light. */
  readonly goesOn: Uint8Array;
}

export interface CallersOptions {
  /**
   * Callers are always shown of rows with at least this share of the total, by default a thousandth, which is about a pixel of
   * a wide screen. 0: of all. The ends of a deep profile's stacks are as many as its rows, and each has callers up to the
   * root: that many rows fit into no memory.
   */
  readonly minShare?: number;
  /** And of lighter rows, the heavier first, as long as the tree has fewer rows than these. */
  readonly enoughRows?: number;
}

const THOUSANDTH = 0.001;
const ENOUGH_ROWS = 100_000;

/** All that took something itself, by function, with its callers: below the root stands every function with its self. */
export function toInvertedTree(tree: CallTree, options: CallersOptions = {}): CallersTree {
  const rootSelf = { value: tree.self[0] as number, count: tree.selfCount[0] as number };
  return unfold(tree, new CallerRows(tree, startsOfAll(tree), rootSelf), options);
}

/**
 * One function below the root, with its total, and its callers below it. A stack in which it stands several times counts
 * once, from its innermost call.
 */
export function toCallersTree(
  tree: CallTree,
  func: IndexIntoFunctionTable,
  options: CallersOptions = {},
): CallersTree {
  const rows = new CallerRows(tree, startsOfFunction(tree, func), { value: 0, count: 0 });
  return unfold(tree, rows, options);
}

function unfold(tree: CallTree, rows: CallerRows, options: CallersOptions): CallersTree {
  const { minShare = THOUSANDTH, enoughRows = ENOUGH_ROWS } = options;
  // Where nothing was measured, as in samples that lasted for no time, counts tell what is light.
  const weight = (row: number) => (rows.total(0) > 0 ? rows.total(row) : rows.totalCount(row));
  rows.callersOf(0);
  let least = weight(0) * minShare;
  let isFolded = unfoldFrom(rows, weight, least, Number.POSITIVE_INFINITY);
  while (isFolded && rows.length < enoughRows) {
    least /= 2;
    isFolded = unfoldFrom(rows, weight, least, enoughRows);
  }
  const isOpen = Uint8Array.from({ length: rows.length }, (_, row) => (rows.goesOn(row) ? 1 : 0));
  const leftOut = {
    value: (tree.total[0] as number) - rows.total(0) + tree.leftOut.value,
    count: (tree.totalCount[0] as number) - rows.totalCount(0) + tree.leftOut.count,
  };
  const scratch = new Scratch();
  const { tree: ordered, placeOf } = putHeaviestFirst(rows.finish(), scratch);
  const goesOn = new Uint8Array(ordered.length);
  for (let row = 1; row < isOpen.length; row++) goesOn[placeOf[row] as number] = isOpen[row] as number;
  scratch.giveBack();
  return { ...ordered, goesOn, idle: tree.idle, leftOut };
}

/** Unfolds what weighs at least that much; whether there is anything left to unfold. */
function unfoldFrom(
  rows: CallerRows,
  weight: (row: number) => number,
  least: number,
  enoughRows: number,
): boolean {
  let isFolded = false;
  // Rows are added while the loop runs, behind those that were there.
  for (let row = 1; row < rows.length; row++) {
    if (!rows.goesOn(row)) continue;
    if (weight(row) >= least && rows.length < enoughRows) rows.callersOf(row);
    else isFolded = true;
  }
  return isFolded;
}
