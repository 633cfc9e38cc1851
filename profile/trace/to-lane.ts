import { IntervalList } from './interval-list.ts';
import type { RawThread } from './raw-thread.ts';
import type { StateEvidence } from './state-evidence.ts';
import { toSpanTable } from './to-span-table.ts';
import { LANE_STATE, LANE_STATES, type Lane, type LaneTotals, type ShortWaits } from './trace.ts';

/** Cuts collections of garbage and times of being blocked out of what they interrupted, lays out spans, and sums up. */
export function toLane(raw: RawThread, name: string, evidence: StateEvidence, maxLines: number): Lane {
  const spans = toSpanTable(raw.spans, maxLines);
  const collections = new IntervalList();
  const { blocked } = raw;
  for (let row = spans.lineStart[0] as number; row < (spans.lineStart[spans.nestedLines] as number); row++) {
    const [start, end] = [spans.startMicros[row] as number, spans.endMicros[row] as number];
    if (evidence.isCollection(spans.name[row] as number)) collections.push(start, end, LANE_STATE.gc);
    if (evidence.isBlocking(spans.category[row] as number)) blocked.push(start, end, LANE_STATE.blocked);
  }
  const withCollections = cut(raw.loop, collections.union(LANE_STATE.gc), () => true);
  const isExecuting = (state: number) => state === LANE_STATE.executing;
  const rows = cut(withCollections, blocked.union(LANE_STATE.blocked), isExecuting).columns();
  const state = Uint8Array.from(rows.value);
  const elapsedMicros = toElapsed(rows, state);
  const shortWaits = toShortWaits(raw.shortWaits);
  return {
    pid: raw.pid,
    tid: raw.tid,
    name,
    length: rows.length,
    startMicros: rows.startMicros,
    endMicros: rows.endMicros,
    state,
    elapsedMicros,
    shortWaits,
    totals: toTotals(elapsedMicros, shortWaits),
    spans,
  };
}

/** Rows without overlaps: one is cut at the end of the one before, and what the cuts cover of it becomes theirs. */
function cut(rows: IntervalList, cuts: IntervalList, isCut: (state: number) => boolean): IntervalList {
  const result = new IntervalList();
  const push = (start: number, end: number, state: number) => end > start && result.push(start, end, state);
  let next = 0;
  let at = Number.NEGATIVE_INFINITY;
  for (const row of rows.order()) {
    const end = rows.endAt(row);
    const state = rows.valueAt(row);
    at = Math.max(at, rows.startAt(row));
    for (; isCut(state) && next < cuts.length; next++) {
      const [cutStart, cutEnd] = [cuts.startAt(next), cuts.endAt(next)];
      if (cutStart >= end) break;
      if (cutEnd <= at) continue;
      push(at, cutStart, state);
      const from = Math.max(at, cutStart);
      const to = Math.min(cutEnd, end);
      push(from, to, cuts.valueAt(next));
      at = Math.max(from, to);
      // The rest of it is in the rows that follow.
      if (cutEnd > end) break;
    }
    push(at, end, state);
    at = Math.max(at, end);
  }
  return result;
}

function toElapsed(
  { length, startMicros, endMicros }: { length: number; startMicros: Float64Array; endMicros: Float64Array },
  state: Uint8Array,
): Float64Array[] {
  const elapsed = Array.from({ length: LANE_STATES }, () => new Float64Array(length + 1));
  for (const [which, column] of elapsed.entries()) {
    for (let row = 0; row < length; row++) {
      const took = state[row] === which ? (endMicros[row] as number) - (startMicros[row] as number) : 0;
      column[row + 1] = (column[row] as number) + took;
    }
  }
  return elapsed;
}

function toShortWaits(list: IntervalList): ShortWaits {
  const order = list.order();
  const startMicros = Float64Array.from(order, (row) => list.startAt(row));
  let reached = Number.NEGATIVE_INFINITY;
  const endMicros = Float64Array.from(order, (row) => list.endAt(row));
  for (let row = 0; row < order.length; row++) {
    startMicros[row] = Math.max(reached, startMicros[row] as number);
    endMicros[row] = Math.max(startMicros[row] as number, endMicros[row] as number);
    reached = endMicros[row] as number;
  }
  return {
    length: order.length,
    startMicros,
    endMicros,
    micros: Float64Array.from(order, (row) => list.valueAt(row)),
  };
}

function toTotals(elapsed: readonly Float64Array[], shortWaits: ShortWaits): LaneTotals {
  const sum = (state: number) => elapsed[state]?.at(-1) ?? 0;
  const short = Math.min(
    sum(LANE_STATE.executing),
    shortWaits.micros.reduce((total, micros) => total + micros, 0),
  );
  return {
    executingMicros: sum(LANE_STATE.executing) - short,
    waitingMicros: sum(LANE_STATE.waiting) + short,
    gcMicros: sum(LANE_STATE.gc),
    blockedMicros: sum(LANE_STATE.blocked),
  };
}
