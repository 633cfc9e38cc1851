import { stableOrder } from '../model/stable-order.ts';

/**
 * The order in which samples belong by time, or undefined when they stand in it already. V8 can write a sample late,
 * with a negative delta.
 */
export function findTimeOrder(deltas: Int32Array | Float64Array): Uint32Array | undefined {
  if (!deltas.some((delta, index) => index > 0 && delta < 0)) return undefined;
  return stableOrder(toTimes(deltas));
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
