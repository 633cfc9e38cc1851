import type { TimeRange } from '#profile/index.ts';

export type Edge = 'from' | 'to';

/** What is chosen is at least so much of the recording: less could not be taken hold of again. */
const LEAST_SHARE = 1e-6;
const STEP = 0.01;
const FINE_STEP = 0.001;
const LEAP = 0.1;

/** What a key at one edge of the chosen time makes of it; undefined for keys that mean nothing here. */
export function afterEdgeKey(
  key: string,
  isFine: boolean,
  edge: Edge,
  chosen: TimeRange,
  totalMicros: number,
): TimeRange | undefined {
  const step = (isFine ? FINE_STEP : STEP) * totalMicros;
  const at = edge === 'from' ? chosen.fromMicros : chosen.toMicros;
  switch (key) {
    case 'ArrowLeft':
    case 'ArrowDown':
      return withEdge(chosen, edge, at - step, totalMicros);
    case 'ArrowRight':
    case 'ArrowUp':
      return withEdge(chosen, edge, at + step, totalMicros);
    case 'PageDown':
      return withEdge(chosen, edge, at - LEAP * totalMicros, totalMicros);
    case 'PageUp':
      return withEdge(chosen, edge, at + LEAP * totalMicros, totalMicros);
    case 'Home':
      return withEdge(chosen, edge, 0, totalMicros);
    case 'End':
      return withEdge(chosen, edge, totalMicros, totalMicros);
    default:
      return undefined;
  }
}

/** An edge never goes beyond the other one. */
export function withEdge(chosen: TimeRange, edge: Edge, micros: number, totalMicros: number): TimeRange {
  const least = LEAST_SHARE * totalMicros;
  if (edge === 'from')
    return {
      ...chosen,
      fromMicros: rounded(Math.min(Math.max(0, micros), Math.max(0, chosen.toMicros - least))),
    };
  return {
    ...chosen,
    toMicros: rounded(
      Math.max(Math.min(totalMicros, micros), Math.min(totalMicros, chosen.fromMicros + least)),
    ),
  };
}

/** From where the pointer went down to where it is; as wide as it was when the whole is moved. */
export function timeBetween(one: number, other: number, totalMicros: number): TimeRange {
  const held = (micros: number) => rounded(Math.min(Math.max(0, micros), totalMicros));
  return { fromMicros: held(Math.min(one, other)), toMicros: held(Math.max(one, other)) };
}

export function movedBy(chosen: TimeRange, micros: number, totalMicros: number): TimeRange {
  const width = chosen.toMicros - chosen.fromMicros;
  const from = Math.min(Math.max(0, chosen.fromMicros + micros), totalMicros - width);
  return { fromMicros: rounded(from), toMicros: rounded(from + width) };
}

/** All of the recording is no choice; neither is a time without any length. */
export function toChoice(range: TimeRange, totalMicros: number): TimeRange | undefined {
  const isAll = range.fromMicros <= 0 && range.toMicros >= totalMicros;
  return isAll || !(range.toMicros > range.fromMicros) ? undefined : range;
}

/** To a thousandth of a microsecond: addresses stay short. */
function rounded(micros: number): number {
  return Math.round(micros * 1000) / 1000;
}
