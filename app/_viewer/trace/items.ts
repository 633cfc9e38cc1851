import type { Lane } from '#profile/index.ts';
import { type LaneLayout, linesOf, STATES } from './lane-layout.ts';
import { findRowAt, firstEndingAfter } from './lane-shares.ts';
import type { Item } from './trace-state.ts';

/** When something began and ended, on the trace's clock. */
export interface Times {
  readonly startMicros: number;
  readonly endMicros: number;
}

/** Undefined for what is not in the trace, as in an address that was made for another one. */
export function timesOf(lanes: readonly Lane[], { lane, line, row }: Item): Times | undefined {
  const chosen = lanes[lane];
  if (chosen === undefined) return undefined;
  const isThere =
    line === STATES
      ? row < chosen.length
      : row >= (chosen.spans.lineStart[line] ?? Number.POSITIVE_INFINITY) &&
        row < (chosen.spans.lineStart[line + 1] ?? 0);
  if (!isThere) return undefined;
  const { startMicros, endMicros } = line === STATES ? chosen : chosen.spans;
  return { startMicros: startMicros[row] as number, endMicros: endMicros[row] as number };
}

/** The rows of a line: from the first to before the last. */
export function rowsOf(lane: Lane, line: number): readonly [from: number, to: number] {
  if (line === STATES) return [0, lane.length];
  return [lane.spans.lineStart[line] as number, lane.spans.lineStart[line + 1] as number];
}

/** What is at a moment in a line, or else what comes next, or else what was last; undefined where the line is empty. */
export function itemNear(
  lanes: readonly Lane[],
  lane: number,
  line: number,
  atMicros: number,
): Item | undefined {
  const chosen = lanes[lane];
  if (chosen === undefined) return undefined;
  const [from, to] = rowsOf(chosen, line);
  if (from === to) return undefined;
  if (line === STATES) return { lane, line, row: findRowAt(chosen, atMicros) ?? nearest(chosen, atMicros) };
  const row = firstEndingAfter(chosen.spans.endMicros, atMicros, from, to);
  return { lane, line, row: Math.min(to - 1, row) };
}

function nearest({ endMicros, length }: Lane, atMicros: number): number {
  return Math.min(length - 1, firstEndingAfter(endMicros, atMicros, 0, length));
}

/** The one before or after in the same line. */
export function neighbourOf(lanes: readonly Lane[], item: Item, by: 1 | -1): Item {
  const [from, to] = rowsOf(lanes[item.lane] as Lane, item.line);
  return { ...item, row: Math.min(to - 1, Math.max(from, item.row + by)) };
}

/** At about the same time, in the next line that has anything, above or below; the same where there is none. */
export function stepAcross(lanes: readonly Lane[], layout: LaneLayout, item: Item, by: 1 | -1): Item {
  const at = timesOf(lanes, item)?.startMicros ?? 0;
  let { lane, line } = item;
  for (;;) {
    line += by;
    const last = layout.isCollapsed[lane] ? STATES : linesOf(lanes[lane] as Lane) - 1;
    if (line < STATES || line > last) {
      lane += by;
      const next = lanes[lane];
      if (next === undefined) return item;
      line = by === 1 || layout.isCollapsed[lane] ? STATES : linesOf(next) - 1;
    }
    const found = itemNear(lanes, lane, line, at);
    if (found) return found;
  }
}

export function firstItem(lanes: readonly Lane[], layout: LaneLayout, atMicros: number): Item | undefined {
  for (const [lane, { length, spans }] of lanes.entries()) {
    if (length > 0) return itemNear(lanes, lane, STATES, atMicros);
    if (spans.length > 0 && !layout.isCollapsed[lane]) return itemNear(lanes, lane, 0, atMicros);
  }
  return undefined;
}
