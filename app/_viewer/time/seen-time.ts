import type { TimeRange } from '#profile/index.ts';
import { type ViewRange, WHOLE } from '../flame/view-range.ts';
import type { CallSpan } from './protocol.ts';

/** As the gestures have it: shares of the whole recording. Times beyond its end are cut off. */
export function toViewRange(seen: TimeRange | undefined, totalMicros: number): ViewRange {
  if (seen === undefined || !(totalMicros > 0)) return WHOLE;
  const from = Math.max(0, seen.fromMicros / totalMicros);
  const to = Math.min(1, seen.toMicros / totalMicros);
  return from < to ? { from, to } : WHOLE;
}

/** Undefined for the whole. To a thousandth of a microsecond: the address stays short. */
export function toTimeRange({ from, to }: ViewRange, totalMicros: number): TimeRange | undefined {
  if (from <= 0 && to >= 1) return undefined;
  const fromMicros = rounded(from * totalMicros);
  return { fromMicros, toMicros: Math.max(rounded(to * totalMicros), rounded(fromMicros + LEAST_MICROS)) };
}

/** What is in sight, whatever the address says. */
export function seenTime(seen: TimeRange | undefined, totalMicros: number): TimeRange {
  const { from, to } = toViewRange(seen, totalMicros);
  return { fromMicros: from * totalMicros, toMicros: Math.max(to * totalMicros, Number.MIN_VALUE) };
}

/** What the address can tell apart. */
const LEAST_MICROS = 0.001;

function rounded(micros: number): number {
  return Math.round(micros * 1000) / 1000;
}

/** A call takes less than this of the view: nobody could see it. */
const VISIBLE_SHARE = 0.004;
/** How much of the view a call takes that was too narrow. */
const SHOWN_SHARE = 0.1;

/** What has to be seen for a call to be seen: nothing else if it is, moved if it is not, nearer if it is too narrow. */
export function timeShowing(call: CallSpan, seen: TimeRange, totalMicros: number): TimeRange | undefined {
  const width = seen.toMicros - seen.fromMicros;
  const took = call.endMicros - call.startMicros;
  const shown = Math.min(call.endMicros, seen.toMicros) - Math.max(call.startMicros, seen.fromMicros);
  if (shown >= width * VISIBLE_SHARE) return toTimeRange(sharesOf(seen, totalMicros), totalMicros);
  const next = took < width * VISIBLE_SHARE && took > 0 ? took / SHOWN_SHARE : width;
  const middle = call.startMicros + Math.min(took, next) / 2;
  return around(middle, next, totalMicros);
}

/** Exactly the call. */
export function timeOf(call: CallSpan, totalMicros: number): TimeRange | undefined {
  const took = call.endMicros - call.startMicros;
  if (!(took > 0)) return around(call.startMicros, 1, totalMicros);
  return toTimeRange({ from: call.startMicros / totalMicros, to: call.endMicros / totalMicros }, totalMicros);
}

function around(middle: number, width: number, totalMicros: number): TimeRange | undefined {
  const held = Math.min(width, totalMicros);
  const from = Math.min(Math.max(0, middle - held / 2), totalMicros - held);
  return toTimeRange(sharesOf({ fromMicros: from, toMicros: from + held }, totalMicros), totalMicros);
}

function sharesOf({ fromMicros, toMicros }: TimeRange, totalMicros: number): ViewRange {
  return { from: fromMicros / totalMicros, to: toMicros / totalMicros };
}
