import { stableOrder } from '../model/stable-order.ts';

/**
 * The order in which samples belong by time, or undefined when they stand in it already. V8 can write a sample late,
 * with a negative delta.
 */
export function findTimeOrder(deltas: Int32Array | Float64Array): Uint32Array | undefined {
  if (isInOrder(deltas)) return undefined;
  return stableOrder(toTimes(deltas));
}

function isInOrder(deltas: Int32Array | Float64Array): boolean {
  for (let index = 1; index < deltas.length; index++) if ((deltas[index] as number) < 0) return false;
  return true;
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
