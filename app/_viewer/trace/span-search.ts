import type { Lane, SpanTable } from '#profile/index.ts';
import { STATES } from './lane-layout.ts';
import type { Item } from './trace-state.ts';

/** 1 for each string of the trace that a search found. */
export type Hits = Uint8Array;

function isMatch(spans: SpanTable, row: number, hits: Hits): boolean {
  return hits[spans.name[row] as number] === 1 || hits[spans.category[row] as number] === 1;
}

/** By lane: how many of the spans before each row were found; one more entry than there are spans. */
export function toMatchesBefore(lanes: readonly Lane[], hits: Hits): Uint32Array[] {
  return lanes.map(({ spans }) => {
    const before = new Uint32Array(spans.length + 1);
    for (let row = 0; row < spans.length; row++) {
      before[row + 1] = (before[row] as number) + (isMatch(spans, row, hits) ? 1 : 0);
    }
    return before;
  });
}

/** How many spans there are that were found, and which of them one is, counted from 1 in the order of time; 0 for none of them. */
export interface MatchCount {
  readonly count: number;
  readonly position: number;
}

export function countMatches(lanes: readonly Lane[], hits: Hits, item: Item | undefined): MatchCount {
  let count = 0;
  let position = 0;
  const spansOf = item && lanes[item.lane]?.spans;
  const isAtMatch = item !== undefined && item.line !== STATES && spansOf && isMatch(spansOf, item.row, hits);
  const at = item && isAtMatch ? keyOf(lanes, item.lane, item.row) : undefined;
  for (const [lane, { spans }] of lanes.entries()) {
    for (let row = 0; row < spans.length; row++) {
      if (!isMatch(spans, row, hits)) continue;
      count += 1;
      if (at && compare(keyOf(lanes, lane, row), at) <= 0) position += 1;
    }
  }
  return { count, position };
}

/** The next span found after where one is (or before it), in the order of time, around the end if need be. */
export function findNextMatch(
  lanes: readonly Lane[],
  hits: Hits,
  from: { readonly lane: number; readonly row: number; readonly startMicros: number } | undefined,
  by: 1 | -1,
): Item | undefined {
  const at: Key | undefined = from && [from.startMicros, from.lane, from.row];
  let next: Key | undefined;
  let first: Key | undefined;
  for (const [lane, { spans }] of lanes.entries()) {
    for (let row = 0; row < spans.length; row++) {
      if (!isMatch(spans, row, hits)) continue;
      const key = keyOf(lanes, lane, row);
      if (first === undefined || compare(key, first) * by < 0) first = key;
      if (at && compare(key, at) * by <= 0) continue;
      if (next === undefined || compare(key, next) * by < 0) next = key;
    }
  }
  const found = next ?? first;
  return found && toItem(lanes, found[1], found[2]);
}

/** Time first; then as they stand below each other. */
type Key = readonly [startMicros: number, lane: number, row: number];

function keyOf(lanes: readonly Lane[], lane: number, row: number): Key {
  return [(lanes[lane] as Lane).spans.startMicros[row] as number, lane, row];
}

function compare(one: Key, other: Key): number {
  return one[0] - other[0] || one[1] - other[1] || one[2] - other[2];
}

function toItem(lanes: readonly Lane[], lane: number, row: number): Item {
  const { lineStart } = (lanes[lane] as Lane).spans;
  let low = 0;
  let high = lineStart.length - 2;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if ((lineStart[middle] as number) <= row) low = middle;
    else high = middle - 1;
  }
  return { lane, line: low, row };
}
