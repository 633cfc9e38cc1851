import { LANE_STATE, LANE_STATES, type Lane, type LaneTotals } from '#profile/index.ts';

/** What a lane was at in each of so many equal parts of a span, by state, as shares of the part from 0 to 1. The rest is not known. */
export type LaneShares = readonly Float32Array[];

/** Its cost is that of the parts, however many rows lie in them. */
export function toLaneShares(lane: Lane, fromMicros: number, toMicros: number, parts: number): LaneShares {
  const shares = Array.from({ length: LANE_STATES }, () => new Float32Array(parts));
  const partMicros = (toMicros - fromMicros) / parts;
  if (!(partMicros > 0) || lane.length === 0) return shares;
  const before = new Float64Array(LANE_STATES);
  elapsedUntil(lane, fromMicros, before);
  const after = new Float64Array(LANE_STATES);
  for (let part = 0; part < parts; part++) {
    elapsedUntil(lane, fromMicros + (part + 1) * partMicros, after);
    for (let state = 0; state < LANE_STATES; state++) {
      const took = (after[state] as number) - (before[state] as number);
      (shares[state] as Float32Array)[part] = Math.min(1, Math.max(0, took / partMicros));
    }
    before.set(after);
  }
  return shares;
}

/** How long a lane was in each state between two moments. Short waits count by the part of their time that lies in it. */
export function toRangeTotals(lane: Lane, fromMicros: number, toMicros: number): LaneTotals {
  const before = new Float64Array(LANE_STATES);
  const after = new Float64Array(LANE_STATES);
  elapsedUntil(lane, fromMicros, before);
  elapsedUntil(lane, toMicros, after);
  const sum = (state: number) => Math.max(0, (after[state] as number) - (before[state] as number));
  const executing = sum(LANE_STATE.executing);
  const short = Math.min(executing, shortWaitsWithin(lane, fromMicros, toMicros));
  return {
    executingMicros: executing - short,
    waitingMicros: sum(LANE_STATE.waiting) + short,
    gcMicros: sum(LANE_STATE.gc),
    blockedMicros: sum(LANE_STATE.blocked),
  };
}

/** The row that a moment lies in; undefined where nothing is known. */
export function findRowAt(lane: Lane, atMicros: number): number | undefined {
  const row = firstEndingAfter(lane.endMicros, atMicros, 0, lane.length);
  return row < lane.length && (lane.startMicros[row] as number) <= atMicros ? row : undefined;
}

/** The first row of `[from, to)` that ends after a moment. Rows do not overlap, so their ends are in order. */
export function firstEndingAfter(ends: Float64Array, atMicros: number, from: number, to: number): number {
  let low = from;
  let high = to;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ends[middle] as number) > atMicros) high = middle;
    else low = middle + 1;
  }
  return low;
}

function elapsedUntil(lane: Lane, atMicros: number, into: Float64Array): void {
  const row = firstEndingAfter(lane.endMicros, atMicros, 0, lane.length);
  for (let state = 0; state < LANE_STATES; state++) {
    into[state] = (lane.elapsedMicros[state] as Float64Array)[row] as number;
  }
  if (row === lane.length) return;
  const state = lane.state[row] as number;
  into[state] = (into[state] as number) + Math.max(0, atMicros - (lane.startMicros[row] as number));
}

function shortWaitsWithin({ shortWaits }: Lane, fromMicros: number, toMicros: number): number {
  const { startMicros, endMicros, micros, length } = shortWaits;
  let sum = 0;
  for (let row = firstEndingAfter(endMicros, fromMicros, 0, length); row < length; row++) {
    const [start, end] = [startMicros[row] as number, endMicros[row] as number];
    if (start >= toMicros) break;
    const within = Math.min(end, toMicros) - Math.max(start, fromMicros);
    sum += ((micros[row] as number) * within) / (end - start);
  }
  return sum;
}
