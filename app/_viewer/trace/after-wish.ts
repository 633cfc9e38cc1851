import type { Trace } from '#profile/index.ts';
import { panned, type ViewRange, WHOLE, zoomed } from '../flame/view-range.ts';
import { firstItem, neighbourOf, stepAcross, type Times, timesOf } from './items.ts';
import type { LaneLayout } from './lane-layout.ts';
import { findNextMatch, type Hits } from './span-search.ts';
import type { TimelineWish } from './timeline-keys.ts';
import { type Item, type TraceState, toSelection } from './trace-state.ts';

/** What is zoomed to has so much around it, as a share of its length; and at least so many microseconds. */
const AROUND = 0.25;
const LEAST_AROUND = 1;

type Change = Partial<TraceState>;

/** What a wish makes of what is seen. */
export function afterWish(
  wish: TimelineWish,
  state: TraceState,
  trace: Trace,
  layout: LaneLayout,
  hits: Hits | undefined,
): Change {
  const { range } = state;
  const item = state.item && timesOf(trace.lanes, state.item) ? state.item : undefined;
  const middle = item ? middleInView(trace, range, item) : 0.5;
  switch (wish.kind) {
    case 'pan':
      return { range: panned(range, wish.by) };
    case 'zoom':
      return { range: zoomed(range, wish.factor, middle) };
    case 'whole':
      return { range: WHOLE };
    case 'clear':
      return state.selection === undefined ? { range: WHOLE } : { selection: undefined };
    case 'select-seen':
      return { selection: selectionOf(trace, toTimes(trace, range)) };
    case 'fold':
      return item ? { collapsed: folded(state.collapsed, item.lane) } : {};
    case 'match':
      return hits ? shown(state, trace, nextMatch(trace, hits, item, wish.by)) : {};
    case 'along':
    case 'across':
    case 'extend':
      return walked(wish, state, trace, layout, item);
    case 'zoom-here':
      return item ? { range: rangeAround(trace, timesOf(trace.lanes, item) as Times) } : {};
    case 'select-here':
      return item ? { selection: selectionOf(trace, timesOf(trace.lanes, item) as Times) } : {};
  }
}

export function folded(collapsed: readonly number[], lane: number): number[] {
  if (collapsed.includes(lane)) return collapsed.filter((other) => other !== lane);
  return [...collapsed, lane].sort((a, b) => a - b);
}

/** A view of something with a little around it. */
export function rangeAround({ startMicros, endMicros }: Trace, times: Times): ViewRange {
  const span = endMicros - startMicros;
  const around = Math.max((times.endMicros - times.startMicros) * AROUND, LEAST_AROUND);
  const from = Math.max(0, (times.startMicros - around - startMicros) / span);
  const to = Math.min(1, (times.endMicros + around - startMicros) / span);
  return to > from ? { from, to } : WHOLE;
}

export function toTimes({ startMicros, endMicros }: Trace, { from, to }: ViewRange): Times {
  const span = endMicros - startMicros;
  return { startMicros: startMicros + from * span, endMicros: startMicros + to * span };
}

function walked(
  wish: { kind: 'along' | 'across' | 'extend'; by: 1 | -1 },
  state: TraceState,
  trace: Trace,
  layout: LaneLayout,
  item: Item | undefined,
): Change {
  const { lanes } = trace;
  // The first step only arrives.
  if (item === undefined) return { item: firstItem(lanes, layout, toTimes(trace, state.range).startMicros) };
  if (wish.kind === 'across') return shown(state, trace, stepAcross(lanes, layout, item, wish.by));
  const next = neighbourOf(lanes, item, wish.by);
  const change = shown(state, trace, next);
  return wish.kind === 'along' ? change : { ...change, selection: extended(state, trace, item, next) };
}

/** The selection reaches as far as what is walked to; without one it begins at what was left. */
function extended(state: TraceState, trace: Trace, left: Item, next: Item): TraceState['selection'] {
  const from = timesOf(trace.lanes, left) as Times;
  const to = timesOf(trace.lanes, next) as Times;
  const span = trace.endMicros - trace.startMicros;
  const before = state.selection ?? selectionOf(trace, from);
  return toSelection(
    Math.min(before?.fromMicros ?? Number.POSITIVE_INFINITY, to.startMicros - trace.startMicros),
    Math.max(before?.toMicros ?? 0, to.endMicros - trace.startMicros),
    span,
  );
}

function selectionOf(trace: Trace, times: Times): TraceState['selection'] {
  const { startMicros, endMicros } = trace;
  return toSelection(times.startMicros - startMicros, times.endMicros - startMicros, endMicros - startMicros);
}

/** What is gone to comes into sight in the same scale, and its lane is opened. */
export function shown(state: TraceState, trace: Trace, item: Item | undefined): Change {
  const times = item && timesOf(trace.lanes, item);
  if (item === undefined || times === undefined) return {};
  const { range } = state;
  const span = trace.endMicros - trace.startMicros;
  const from = (times.startMicros - trace.startMicros) / span;
  const to = (times.endMicros - trace.startMicros) / span;
  const isSeen = to >= range.from && from <= range.to && (from >= range.from || to > range.from);
  return {
    item,
    range: isSeen ? range : panned(range, (from - range.from) / (range.to - range.from) - 0.1),
    ...(item.line >= 0 &&
      state.collapsed.includes(item.lane) && { collapsed: folded(state.collapsed, item.lane) }),
  };
}

function nextMatch({ lanes }: Trace, hits: Hits, item: Item | undefined, by: 1 | -1): Item | undefined {
  const times = item && timesOf(lanes, item);
  const from = item && times && { lane: item.lane, row: item.row, startMicros: times.startMicros };
  return findNextMatch(lanes, hits, from, by);
}

/** Zooming holds on to what is chosen while it is seen. */
function middleInView(trace: Trace, range: ViewRange, item: Item): number {
  const times = timesOf(trace.lanes, item) as Times;
  const seen = toTimes(trace, range);
  const at = (times.startMicros + times.endMicros) / 2;
  const share = (at - seen.startMicros) / (seen.endMicros - seen.startMicros);
  return share >= 0 && share <= 1 ? share : 0.5;
}
