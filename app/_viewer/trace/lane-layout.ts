import type { Lane } from '#profile/index.ts';

/** In CSS pixels. */
export const AXIS_HEIGHT = 26;
/** Of the states of a thread; of the head alone where it was not followed. */
export const STATES_HEIGHT = 30;
export const HEAD_HEIGHT = 22;
export const SPAN_HEIGHT = 18;
const GAP = 6;

/** The line of a lane that shows states; lines of spans count from 0. */
export const STATES = -1;

/** Where lanes lie below each other, in CSS pixels. */
export interface LaneLayout {
  /** Where each lane begins, and where the last one ends. */
  readonly top: readonly number[];
  readonly isCollapsed: readonly boolean[];
  readonly height: number;
}

export function toLaneLayout(lanes: readonly Lane[], collapsed: ReadonlySet<number>): LaneLayout {
  const top = [0];
  let at = 0;
  for (const [index, lane] of lanes.entries()) {
    const lines = collapsed.has(index) ? 0 : linesOf(lane);
    at += statesHeight(lane) + lines * SPAN_HEIGHT + GAP;
    top.push(at);
  }
  return { top, isCollapsed: lanes.map((_, index) => collapsed.has(index)), height: at };
}

export function linesOf({ spans }: Lane): number {
  return spans.lineStart.length - 1;
}

export function statesHeight({ length }: Lane): number {
  return length === 0 ? HEAD_HEIGHT : STATES_HEIGHT;
}

export interface LinePlace {
  readonly lane: number;
  /** Or `STATES`. */
  readonly line: number;
}

/** What is drawn at a height; undefined between lanes and beyond. */
export function placeAt(layout: LaneLayout, lanes: readonly Lane[], y: number): LinePlace | undefined {
  const index = laneAt(layout, y);
  const lane = lanes[index];
  if (lane === undefined) return undefined;
  const below = y - (layout.top[index] as number) - statesHeight(lane);
  if (below < 0) return { lane: index, line: STATES };
  const line = Math.floor(below / SPAN_HEIGHT);
  return !layout.isCollapsed[index] && line < linesOf(lane) ? { lane: index, line } : undefined;
}

export function lineTop(layout: LaneLayout, lanes: readonly Lane[], { lane, line }: LinePlace): number {
  const top = layout.top[lane] as number;
  return line === STATES ? top : top + statesHeight(lanes[lane] as Lane) + line * SPAN_HEIGHT;
}

export function lineHeight(lane: Lane, line: number): number {
  return line === STATES ? statesHeight(lane) : SPAN_HEIGHT;
}

/** The lane whose area holds a height. */
export function laneAt({ top }: LaneLayout, y: number): number {
  let low = 0;
  let high = top.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if ((top[middle] as number) <= y) low = middle;
    else high = middle - 1;
  }
  return low;
}
