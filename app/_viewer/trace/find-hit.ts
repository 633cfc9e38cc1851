import { toTimes } from './after-wish.ts';
import { placeAt, STATES } from './lane-layout.ts';
import { findRowAt } from './lane-shares.ts';
import type { TimelinePicture, TimelineViewport } from './timeline-picture.ts';
import type { Item } from './trace-state.ts';
import { findVisibleSpans, type SpanBoxes } from './visible-spans.ts';

/** How far from a box one may point, in device pixels. */
const SLACK = 3;

export interface Hit {
  readonly item: Item;
  /** How many spans the box under the pointer stands for. */
  readonly count: number;
}

/** What is drawn at a place of the visible part, in CSS pixels: by the very boxes that are drawn. */
export function findHit(
  picture: TimelinePicture,
  { width, scrollTop, pixelRatio }: TimelineViewport,
  x: number,
  y: number,
  boxes: SpanBoxes,
): Hit | undefined {
  const { lanes } = picture.trace;
  const place = placeAt(picture.layout, lanes, y + scrollTop);
  const lane = place && lanes[place.lane];
  if (place === undefined || lane === undefined) return undefined;
  const seen = toTimes(picture.trace, picture.range);
  if (place.line === STATES) {
    const row = findRowAt(lane, seen.startMicros + (x / width) * (seen.endMicros - seen.startMicros));
    return row === undefined ? undefined : { item: { ...place, row }, count: 1 };
  }
  const widthPixels = Math.round(width * pixelRatio);
  findVisibleSpans(lane.spans, place.line, seen.startMicros, seen.endMicros, widthPixels, boxes);
  const at = boxAt(boxes, x * pixelRatio);
  if (at === undefined) return undefined;
  return { item: { ...place, row: boxes.row[at] as number }, count: boxes.count[at] as number };
}

function boxAt(boxes: SpanBoxes, x: number): number | undefined {
  let nearest: number | undefined;
  let distance = SLACK;
  for (let at = 0; at < boxes.length; at++) {
    const away = Math.max(0, (boxes.left[at] as number) - x, x - (boxes.right[at] as number));
    if (away >= distance) continue;
    nearest = at;
    distance = away;
  }
  return nearest;
}
