/**
 * The indices of keys in ascending order, equal ones as they stand. A bottom-up merge sort: never slower than n log n whatever a
 * file says.
 */
export function stableOrder(keys: Float64Array): Uint32Array {
  let from = Uint32Array.from(keys, (_, index) => index);
  let to = new Uint32Array(from.length);
  for (let width = 1; width < from.length; width *= 2) {
    for (let start = 0; start < from.length; start += width * 2) mergeRuns(keys, from, to, start, width);
    [from, to] = [to, from];
  }
  return from;
}

function mergeRuns(
  keys: Float64Array,
  from: Uint32Array,
  to: Uint32Array,
  start: number,
  width: number,
): void {
  const middle = Math.min(start + width, from.length);
  const end = Math.min(start + width * 2, from.length);
  let left = start;
  let right = middle;
  for (let at = start; at < end; at++) {
    const takeLeft =
      left < middle &&
      (right >= end || (keys[from[left] as number] as number) <= (keys[from[right] as number] as number));
    to[at] = from[takeLeft ? left++ : right++] as number;
  }
}
