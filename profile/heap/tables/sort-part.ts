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
  const waiting: [low: number, high: number][] = [[0, rows.length - 1]];
  let random = 1;
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const [low, high] = next;
    if (high < from || low >= to || low >= high) continue;
    if (high - low < FEW) {
      insertionSort(rows, low, high, compare);
      continue;
    }
    random = (Math.imul(random, 1664525) + 1013904223) >>> 0;
    const pivot = rows[low + (random % (high - low + 1))] as number;
    let left = low;
    let right = high;
    while (left <= right) {
      while (compare(rows[left] as number, pivot) < 0) left++;
      while (compare(rows[right] as number, pivot) > 0) right--;
      if (left > right) break;
      const moved = rows[left] as number;
      rows[left++] = rows[right] as number;
      rows[right--] = moved;
    }
    waiting.push([low, right], [left, high]);
  }
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
  const most = Math.min(rows.length, count + Math.max(count, FEWEST_CANDIDATES));
  const kept = new Uint32Array(most);
  let length = 0;
  /** The last of those that are wanted so far. */
  let last = -1;
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at] as number;
    if (last >= 0 && compare(row, last) > 0) continue;
    kept[length++] = row;
    if (length < most) continue;
    sortPart(kept, count - 1, count, compare);
    last = kept[count - 1] as number;
    length = count;
  }
  const found = kept.subarray(0, length);
  sortPart(found, 0, count, compare);
  return found.subarray(0, count);
}
