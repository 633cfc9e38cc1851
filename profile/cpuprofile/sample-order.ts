/**
 * The order in which samples belong by time, or undefined when they stand in it already. V8 can write a sample late,
 * with a negative delta. A bottom-up merge sort: stable, and never slower than n log n whatever the file says.
 */
export function findTimeOrder(deltas: Int32Array | Float64Array): Uint32Array | undefined {
  if (!deltas.some((delta, index) => index > 0 && delta < 0)) return undefined;
  const times = toTimes(deltas);
  let from = Uint32Array.from(deltas, (_, index) => index);
  let to = new Uint32Array(from.length);
  for (let width = 1; width < from.length; width *= 2) {
    for (let start = 0; start < from.length; start += width * 2) mergeRuns(times, from, to, start, width);
    [from, to] = [to, from];
  }
  return from;
}

/** Running sums: microseconds after the start of the recording. */
export function toTimes(deltas: Int32Array | Float64Array): Float64Array {
  const times = new Float64Array(deltas.length);
  let time = 0;
  for (let index = 0; index < deltas.length; index++) {
    time += deltas[index] as number;
    times[index] = time;
  }
  return times;
}

function mergeRuns(
  times: Float64Array,
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
      (right >= end || (times[from[left] as number] as number) <= (times[from[right] as number] as number));
    to[at] = from[takeLeft ? left++ : right++] as number;
  }
}
