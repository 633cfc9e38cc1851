import { LANE_STATE, type Lane } from '#profile/index.ts';

/** What a lane was at in each of so many equal parts of a span, as shares of the part from 0 to 1. The rest is not known. */
export interface LaneShares {
  readonly executing: Float32Array;
  readonly waiting: Float32Array;
  readonly gc: Float32Array;
}

export function toLaneShares(lane: Lane, fromMicros: number, toMicros: number, parts: number): LaneShares {
  const shares = {
    executing: new Float32Array(parts),
    waiting: new Float32Array(parts),
    gc: new Float32Array(parts),
  };
  const partMicros = (toMicros - fromMicros) / parts;
  if (!(partMicros > 0)) return shares;
  for (let row = firstRowEndingAfter(lane, fromMicros); row < lane.length; row++) {
    const start = lane.startMicros[row] as number;
    if (start >= toMicros) break;
    const target = columnOf(shares, lane.state[row] as number);
    addInterval(
      target,
      (start - fromMicros) / partMicros,
      ((lane.endMicros[row] as number) - fromMicros) / partMicros,
    );
  }
  return shares;
}

/** The row that a moment lies in; undefined where nothing is known. */
export function findRowAt(lane: Lane, atMicros: number): number | undefined {
  const row = firstRowEndingAfter(lane, atMicros);
  return row < lane.length && (lane.startMicros[row] as number) <= atMicros ? row : undefined;
}

/** Rows do not overlap, so their ends are in order, too. */
function firstRowEndingAfter({ endMicros, length }: Lane, atMicros: number): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((endMicros[middle] as number) > atMicros) high = middle;
    else low = middle + 1;
  }
  return low;
}

function columnOf({ executing, waiting, gc }: LaneShares, state: number): Float32Array {
  if (state === LANE_STATE.gc) return gc;
  return state === LANE_STATE.waiting ? waiting : executing;
}

/** Adds what an interval, in parts, covers of each part. */
function addInterval(column: Float32Array, from: number, to: number): void {
  const first = Math.max(0, Math.floor(from));
  const last = Math.min(column.length - 1, Math.ceil(to) - 1);
  for (let part = first; part <= last; part++) {
    const covered = Math.min(to, part + 1) - Math.max(from, part);
    column[part] = Math.min(1, (column[part] as number) + covered);
  }
}
