/** Figures of a column between two seconds; null where nothing was measured. */
export interface SpanFigures {
  /** Of the last seconds; null when nothing was measured in them, however much was before. */
  last: number | null;
  low: number | null;
  middle: number | null;
  high: number | null;
}

const NOTHING: SpanFigures = { last: null, low: null, middle: null, high: null };

/** A value this many seconds old still counts as the last one. */
const RECENT_SECONDS = 3;

/** @param from first epoch second of the span, @param to last */
export function spanFigures(
  seconds: Float64Array,
  column: Float64Array,
  from: number,
  to: number,
): SpanFigures {
  const values: number[] = [];
  let last: number | null = null;
  const newest = Math.min(to, seconds.at(-1) ?? to);
  for (let i = 0; i < column.length; i++) {
    const second = seconds[i] ?? 0;
    const value = column[i] ?? Number.NaN;
    if (second < from || second > to || Number.isNaN(value)) continue;
    values.push(value);
    if (second > newest - RECENT_SECONDS) last = value;
  }
  if (values.length === 0) return NOTHING;
  const sorted = Float64Array.from(values).sort();
  return {
    last,
    low: sorted[0] ?? null,
    middle: sorted[sorted.length >> 1] ?? null,
    high: sorted.at(-1) ?? null,
  };
}
