import type { Lane } from '#profile/index.ts';
import { panned, type ViewRange, WHOLE, zoomed } from '../flame/view-range.ts';
import { findRowAt } from './lane-shares.ts';

/** Which phase of which thread is looked at. */
export interface Place {
  readonly lane: number;
  readonly row: number;
}

export interface Look {
  readonly range: ViewRange;
  readonly place: Place | undefined;
}

const ZOOM_STEP = 0.5;
const PAN_STEP = 0.8;

/** What a key makes of what is seen; undefined for keys that mean nothing here. */
export function afterKey(
  key: string,
  { range, place }: Look,
  lanes: readonly Lane[],
  startMicros: number,
  endMicros: number,
): Look | undefined {
  switch (key) {
    case '+':
    case '=':
      return { range: zoomed(range, ZOOM_STEP, 0.5), place };
    case '-':
      return { range: zoomed(range, 1 / ZOOM_STEP, 0.5), place };
    case '0':
    case 'Home':
      return { range: WHOLE, place };
    case 'PageUp':
      return { range: panned(range, -PAN_STEP), place };
    case 'PageDown':
      return { range: panned(range, PAN_STEP), place };
    case 'ArrowLeft':
    case 'ArrowRight':
    case 'ArrowUp':
    case 'ArrowDown':
      return walked(key, { range, place }, lanes, startMicros, endMicros);
    default:
      return undefined;
  }
}

function walked(
  key: string,
  look: Look,
  lanes: readonly Lane[],
  startMicros: number,
  endMicros: number,
): Look {
  const span = endMicros - startMicros;
  const toMicros = (share: number) => startMicros + share * span;
  const place = look.place ?? placeAt(lanes, 0, toMicros(look.range.from));
  if (place === undefined) return look;
  const next = look.place === undefined ? place : neighbourOf(key, place, lanes);
  const lane = lanes[next.lane] as Lane;
  const from = ((lane.startMicros[next.row] as number) - startMicros) / span;
  const to = ((lane.endMicros[next.row] as number) - startMicros) / span;
  // What is walked to comes into sight, in the same scale.
  const { range } = look;
  const isSeen = to > range.from && from < range.to;
  return {
    range: isSeen ? range : panned(range, (from - range.from) / (range.to - range.from) - 0.1),
    place: next,
  };
}

function neighbourOf(key: string, { lane, row }: Place, lanes: readonly Lane[]): Place {
  const current = lanes[lane] as Lane;
  if (key === 'ArrowLeft') return { lane, row: Math.max(0, row - 1) };
  if (key === 'ArrowRight') return { lane, row: Math.min(current.length - 1, row + 1) };
  const other = Math.min(lanes.length - 1, Math.max(0, lane + (key === 'ArrowDown' ? 1 : -1)));
  return placeAt(lanes, other, current.startMicros[row] as number) ?? { lane, row };
}

function placeAt(lanes: readonly Lane[], lane: number, atMicros: number): Place | undefined {
  const chosen = lanes[lane];
  if (!chosen || chosen.length === 0) return undefined;
  return { lane, row: findRowAt(chosen, atMicros) ?? 0 };
}
