import { IntervalList } from './interval-list.ts';
import { LANE_STATE, type Lane } from './trace.ts';

/** What a trace says of one thread, before collections of garbage are told apart. */
export interface RawLane {
  readonly loop: IntervalList;
  readonly collections: IntervalList;
  /** Waited while executing, in pieces that are no rows. */
  shortWaitsMicros: number;
}

/** Cuts the collections of garbage out of what they interrupted, and sums up. Overlapping rows are cut at the later begin. */
export function toLane(tid: number, name: string, raw: RawLane): Lane {
  const rows = new IntervalList();
  const sums = [0, 0, 0];
  const push = (start: number, end: number, state: number) => {
    if (end <= start) return;
    rows.push(start, end, state);
    sums[state] = (sums[state] as number) + end - start;
  };
  const { loop, collections } = raw;
  const gcOrder = collections.order();
  let next = 0;
  let at = Number.NEGATIVE_INFINITY;
  for (const row of loop.order()) {
    const end = loop.endAt(row);
    at = Math.max(at, loop.startAt(row));
    for (; next < gcOrder.length; next++) {
      const gcStart = collections.startAt(gcOrder[next] as number);
      const gcEnd = collections.endAt(gcOrder[next] as number);
      if (gcStart >= end) break;
      if (gcEnd <= at) continue;
      push(at, gcStart, loop.stateAt(row));
      const from = Math.max(at, gcStart);
      push(from, Math.min(gcEnd, end), LANE_STATE.gc);
      at = Math.max(from, Math.min(gcEnd, end));
      // The rest of it is in the rows that follow.
      if (gcEnd > end) break;
    }
    push(at, end, loop.stateAt(row));
    at = Math.max(at, end);
  }
  const shortWaits = Math.min(raw.shortWaitsMicros, sums[LANE_STATE.executing] as number);
  return {
    tid,
    name,
    ...rows.columns(),
    totals: {
      executingMicros: (sums[LANE_STATE.executing] as number) - shortWaits,
      waitingMicros: (sums[LANE_STATE.waiting] as number) + shortWaits,
      gcMicros: sums[LANE_STATE.gc] as number,
    },
  };
}
