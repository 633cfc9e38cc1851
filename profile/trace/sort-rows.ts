/**
 * Sorts rows by a strict order, keeping equal ones as they are: runs merged from the bottom up, for files are nearly in
 * order already.
 */
export function sortRows(rows: Uint32Array, isBefore: (a: number, b: number) => boolean): Uint32Array {
  let from = rows;
  let to: Uint32Array = new Uint32Array(rows.length);
  for (let width = 1; width < rows.length; width *= 2) {
    for (let left = 0; left < rows.length; left += 2 * width) {
      const middle = Math.min(left + width, rows.length);
      const right = Math.min(middle + width, rows.length);
      merge(from, to, left, middle, right, isBefore);
    }
    [from, to] = [to, from];
  }
  return from;
}

function merge(
  from: Uint32Array,
  to: Uint32Array,
  left: number,
  middle: number,
  right: number,
  isBefore: (a: number, b: number) => boolean,
): void {
  if (middle === right || !isBefore(from[middle] as number, from[middle - 1] as number)) {
    to.set(from.subarray(left, right), left);
    return;
  }
  let one = left;
  let other = middle;
  for (let at = left; at < right; at++) {
    const takesOther =
      one === middle || (other < right && isBefore(from[other] as number, from[one] as number));
    to[at] = (takesOther ? from[other++] : from[one++]) as number;
  }
}
