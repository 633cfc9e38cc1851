/** Figures of a column between two seconds; null where nothing was measured. */
export interface SpanFigures {
  last: number | null;
  low: number | null;
  middle: number | null;
  high: number | null;
}

const NOTHING: SpanFigures = { last: null, low: null, middle: null, high: null };

/** @param from first epoch second of the span, @param to last */
export function spanFigures(
  seconds: Float64Array,
  column: Float64Array,
  from: number,
  to: number,
): SpanFigures {
  const values: number[] = [];
  for (let i = 0; i < column.length; i++) {
    const second = seconds[i] ?? 0;
    const value = column[i] ?? Number.NaN;
    if (second >= from && second <= to && !Number.isNaN(value)) values.push(value);
  }
  const last = values.at(-1);
  if (last === undefined) return NOTHING;
  const sorted = Float64Array.from(values).sort();
  return {
    last,
    low: sorted[0] ?? null,
    middle: sorted[sorted.length >> 1] ?? null,
    high: sorted.at(-1) ?? null,
  };
}
