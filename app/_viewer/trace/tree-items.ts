import type { Lane } from '#profile/index.ts';
import { rowsOf } from './items.ts';
import { linesOf, STATES } from './lane-layout.ts';
import type { Item } from './trace-state.ts';

/** One thing as a screen reader meets it: a thread, one of its lines, or what is in that. */
export interface TreeItem {
  /** Undefined for threads and lines. */
  readonly item: Item | undefined;
  readonly lane: number;
  readonly line: number;
  /** From 1, as `aria-level` counts. */
  readonly level: 1 | 2 | 3;
  readonly position: number;
  readonly siblings: number;
  readonly isExpanded: boolean | undefined;
}

/** Before and after the chosen one; moving brings the next. */
const NEAR = 15;

/**
 * The part of the timeline around what is chosen, in reading order: the threads, the lines of its thread, and what is near it
 * in its line. The rest is one step away; a million items would help nobody.
 */
export function treeItemsAround(lanes: readonly Lane[], item: Item | undefined): TreeItem[] {
  const chosen = item?.lane ?? 0;
  const from = Math.max(0, chosen - NEAR);
  const items: TreeItem[] = [];
  for (let lane = from; lane < Math.min(lanes.length, chosen + NEAR + 1); lane++) {
    const isExpanded = lane === item?.lane;
    const place = { lane, line: STATES, position: lane + 1, siblings: lanes.length };
    items.push({ item: undefined, level: 1, isExpanded, ...place });
    if (isExpanded && item) items.push(...linesAround(lanes[lane] as Lane, item));
  }
  return items;
}

function linesAround(lane: Lane, item: Item): TreeItem[] {
  const first = lane.length > 0 ? STATES : 0;
  const siblings = linesOf(lane) - first;
  const items: TreeItem[] = [];
  const from = Math.max(first, item.line - NEAR);
  for (let line = from; line < Math.min(linesOf(lane), item.line + NEAR + 1); line++) {
    const isExpanded = line === item.line;
    const position = line - first + 1;
    items.push({ item: undefined, lane: item.lane, line, level: 2, position, siblings, isExpanded });
    if (isExpanded) items.push(...rowsAround(lane, item));
  }
  return items;
}

function rowsAround(lane: Lane, item: Item): TreeItem[] {
  const [from, to] = rowsOf(lane, item.line);
  const items: TreeItem[] = [];
  for (let row = Math.max(from, item.row - NEAR); row < Math.min(to, item.row + NEAR + 1); row++) {
    items.push({
      item: { ...item, row },
      lane: item.lane,
      line: item.line,
      level: 3,
      position: row - from + 1,
      siblings: to - from,
      isExpanded: undefined,
    });
  }
  return items;
}
