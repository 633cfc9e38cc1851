import { LANE_STATE } from '#profile/index.ts';
import { STATES_HEIGHT } from './lane-layout.ts';
import type { LaneShares } from './lane-shares.ts';
import type { TimelineColours } from './timeline-colours.ts';

/** The height of a wait in CSS pixels: a line at the bottom, so that states differ in height as well as in colour. */
const WAIT_HEIGHT = 4;
const PADDING = 4;
/** Less of a pixel is not seen. */
const LEAST_SHARE = 0.002;

/** What stands on what, from below. */
const STACK = [LANE_STATE.executing, LANE_STATE.blocked, LANE_STATE.gc] as const;

/**
 * Draws the states of one thread, a column a device pixel: as high as the share that it executed, on it what it was blocked, with
 * lines across, and what it collected garbage, with lines aslant; waits as a thin line below.
 */
export function paintStates(
  context: CanvasRenderingContext2D,
  shares: LaneShares,
  top: number,
  colours: TimelineColours,
  pixelRatio: number,
): void {
  const base = Math.round((top + STATES_HEIGHT - PADDING) * pixelRatio);
  const most = Math.round((STATES_HEIGHT - 2 * PADDING) * pixelRatio);
  const width = shares[0]?.length ?? 0;
  paintWaits(context, shares[LANE_STATE.waiting] as Float32Array, base, colours.waiting, pixelRatio);
  const tops = new Int32Array(width).fill(base);
  for (const state of STACK) {
    context.fillStyle = colours[nameOf(state)];
    const share = shares[state] as Float32Array;
    const step = Math.max(3, Math.round(4 * pixelRatio));
    const marks: number[] = [];
    for (let x = 0; x < width; x++) {
      const height = heightOf(share[x] as number, most, pixelRatio);
      if (height === 0) continue;
      const below = tops[x] as number;
      const at = Math.max(base - most, below - height);
      context.fillRect(x, at, 1, Math.max(1, below - at));
      tops[x] = at;
      if (state === LANE_STATE.executing) continue;
      const slant = state === LANE_STATE.gc ? x : 0;
      for (let y = below - 1 - ((below + slant) % step); y >= at; y -= step) marks.push(x, y);
    }
    if (marks.length === 0) continue;
    context.fillStyle = state === LANE_STATE.gc ? colours.gcMark : colours.blockedMark;
    for (let mark = 0; mark < marks.length; mark += 2) {
      context.fillRect(marks[mark] as number, marks[mark + 1] as number, 1, 1);
    }
  }
}

function paintWaits(
  context: CanvasRenderingContext2D,
  share: Float32Array,
  base: number,
  colour: string,
  pixelRatio: number,
): void {
  const height = Math.round(WAIT_HEIGHT * pixelRatio);
  context.fillStyle = colour;
  for (let x = 0; x < share.length; x++) {
    const from = x;
    while (x < share.length && (share[x] as number) > LEAST_SHARE) x++;
    if (x > from) context.fillRect(from, base - height, x - from, height);
  }
}

function nameOf(state: (typeof STACK)[number]): 'executing' | 'blocked' | 'gc' {
  if (state === LANE_STATE.gc) return 'gc';
  return state === LANE_STATE.blocked ? 'blocked' : 'executing';
}

/** What is there at all is seen. */
function heightOf(share: number, most: number, pixelRatio: number): number {
  return share <= LEAST_SHARE ? 0 : Math.max(Math.round(2 * pixelRatio), Math.round(share * most));
}
