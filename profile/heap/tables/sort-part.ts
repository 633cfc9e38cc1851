import { finish, inRanges, STEP_ROWS, type Steps } from '../analysis/steps.ts';

export type Compare = (a: number, b: number) => number;

/** Fewer rows than this are sorted by insertion. */
const FEW = 12;

/**
 * Brings the rows from `from` up to `to` to where they would be if all were sorted, and sorts those: what one page needs. The
 * others stay unsorted, so a page of 13 million rows costs a few walks over them and no memory. Sorts in place by quicksort
 * that leaves out what is not wanted; a page that was sorted before is found in order.
 *
 * @param compare must tell any two rows apart
 * @see C. A. R. Hoare, Algorithm 65: Find, CACM 4 (1961)
 */
export function sortPart(rows: Uint32Array, from: number, to: number, compare: Compare): void {
  finish(sortPartInSteps(rows, from, to, compare));
}

export function* sortPartInSteps(rows: Uint32Array, from: number, to: number, compare: Compare): Steps<void> {
  const waiting: [low: number, high: number][] = [[0, rows.length - 1]];
  let random = 1;
  let done = 0;
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const [low, high] = next;
    if (high < from || low >= to || low >= high) continue;
    if (high - low < FEW) {
      insertionSort(rows, low, high, compare);
      continue;
    }
    random = (Math.imul(random, 1664525) + 1013904223) >>> 0;
    const pivot = rows[low + (random % (high - low + 1))] as number;
    const split: Split = { left: low, right: high };
    while (split.left <= split.right) {
      const before = split.right - split.left;
      splitSome(rows, pivot, split, compare);
      done += before - (split.right - split.left);
      if (done < STEP_ROWS) continue;
      done = 0;
      yield 0;
    }
    waiting.push([low, split.right], [split.left, high]);
  }
}

/** What is to the left of one belongs before the pivot, what is to the right of the other behind it. */
interface Split {
  left: number;
  right: number;
}

function splitSome(rows: Uint32Array, pivot: number, split: Split, compare: Compare): void {
  let { left, right } = split;
  const enough = right - left - STEP_ROWS;
  while (left <= right && right - left > enough) {
    while (compare(rows[left] as number, pivot) < 0) left++;
    while (compare(rows[right] as number, pivot) > 0) right--;
    if (left > right) break;
    const moved = rows[left] as number;
    rows[left++] = rows[right] as number;
    rows[right--] = moved;
  }
  split.left = left;
  split.right = right;
}

function insertionSort(rows: Uint32Array, low: number, high: number, compare: Compare): void {
  for (let at = low + 1; at <= high; at++) {
    const row = rows[at] as number;
    let to = at;
    while (to > low && compare(rows[to - 1] as number, row) > 0) {
      rows[to] = rows[to - 1] as number;
      to -= 1;
    }
    rows[to] = row;
  }
}

/** Rows that are looked at before those that are no longer wanted are left behind. */
const FEWEST_CANDIDATES = 1024;

/**
 * The first rows by an order, in it. One walk over the rows as they stand, in the order of memory, which is many times faster than
 * moving them; a few are kept that may be among the first.
 *
 * @param compare must tell any two rows apart
 */
export function firstRows(rows: Uint32Array, count: number, compare: Compare): Uint32Array {
  return finish(firstRowsInSteps(rows, count, compare));
}

export function* firstRowsInSteps(rows: Uint32Array, count: number, compare: Compare): Steps<Uint32Array> {
  const first = new FirstRows(rows, count, compare);
  yield* inRanges(rows.length, (from, to) => first.look(from, to));
  return first.found();
}

class FirstRows {
  readonly #rows: Uint32Array;
  readonly #count: number;
  readonly #compare: Compare;
  readonly #kept: Uint32Array;
  #length = 0;
  /** The last of those that are wanted so far. */
  #last = -1;

  constructor(rows: Uint32Array, count: number, compare: Compare) {
    this.#rows = rows;
    this.#count = count;
    this.#compare = compare;
    this.#kept = new Uint32Array(Math.min(rows.length, count + Math.max(count, FEWEST_CANDIDATES)));
  }

  look(from: number, to: number): void {
    const rows = this.#rows;
    const compare = this.#compare;
    const kept = this.#kept;
    let last = this.#last;
    let length = this.#length;
    for (let at = from; at < to; at++) {
      const row = rows[at] as number;
      if (last >= 0 && compare(row, last) > 0) continue;
      kept[length++] = row;
      if (length < kept.length) continue;
      sortPart(kept, this.#count - 1, this.#count, compare);
      last = kept[this.#count - 1] as number;
      length = this.#count;
    }
    this.#last = last;
    this.#length = length;
  }

  found(): Uint32Array {
    const found = this.#kept.subarray(0, this.#length);
    sortPart(found, 0, this.#count, this.#compare);
    return found.subarray(0, this.#count);
  }
}
