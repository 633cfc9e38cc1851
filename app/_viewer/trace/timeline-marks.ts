import { toTimes } from './after-wish.ts';
import { timesOf } from './items.ts';
import { lineHeight, lineTop } from './lane-layout.ts';
import type { TimelineColours } from './timeline-colours.ts';
import type { TimelinePicture, TimelineViewport } from './timeline-picture.ts';
import type { Item, Selection } from './trace-state.ts';

export interface TimelineMarks {
  readonly selection: Selection | undefined;
  readonly item: Item | undefined;
  readonly hovered: Item | undefined;
  /** Where the pointer is, in CSS pixels from the left. */
  readonly guideX: number | undefined;
  readonly isFocused: boolean;
}

/** Draws what changes with the pointer and the choice over the picture: the selected time, the guide, frames around items. */
export function paintTimelineMarks(
  context: CanvasRenderingContext2D,
  picture: TimelinePicture,
  colours: TimelineColours,
  viewport: TimelineViewport,
  { selection, item, hovered, guideX, isFocused }: TimelineMarks,
): void {
  const { width, height, pixelRatio } = viewport;
  context.setTransform(pixelRatio, 0, 0, pixelRatio, 0, 0);
  context.clearRect(0, 0, width, height);
  if (selection) paintSelection(context, picture, colours, viewport, selection);
  if (guideX !== undefined) {
    context.fillStyle = colours.guide;
    context.fillRect(Math.round(guideX), 0, 1, height);
  }
  if (hovered) paintFrame(context, picture, colours.guide, viewport, hovered, 1);
  if (item) paintFrame(context, picture, colours.accent, viewport, item, isFocused ? 2 : 1.5);
}

function paintSelection(
  context: CanvasRenderingContext2D,
  { trace, range }: TimelinePicture,
  colours: TimelineColours,
  { width, height }: TimelineViewport,
  { fromMicros, toMicros }: Selection,
): void {
  const seen = toTimes(trace, range);
  const scale = width / (seen.endMicros - seen.startMicros);
  const toX = (micros: number) => (trace.startMicros + micros - seen.startMicros) * scale;
  const left = Math.max(-2, toX(fromMicros));
  const right = Math.min(width + 2, toX(toMicros));
  if (right < 0 || left > width) return;
  context.fillStyle = colours.accent;
  context.globalAlpha = 0.14;
  context.fillRect(left, 0, right - left, height);
  context.globalAlpha = 1;
  context.fillRect(Math.round(left), 0, 1, height);
  context.fillRect(Math.round(right), 0, 1, height);
}

/** However short it is, its frame can be seen. */
function paintFrame(
  context: CanvasRenderingContext2D,
  { trace, range, layout }: TimelinePicture,
  colour: string,
  { width, scrollTop }: TimelineViewport,
  item: Item,
  line: number,
): void {
  const times = timesOf(trace.lanes, item);
  const lane = trace.lanes[item.lane];
  if (times === undefined || lane === undefined || (layout.isCollapsed[item.lane] && item.line >= 0)) return;
  const seen = toTimes(trace, range);
  const scale = width / (seen.endMicros - seen.startMicros);
  const left = Math.max(-line, (times.startMicros - seen.startMicros) * scale);
  const right = Math.min(width + line, Math.max(left + 3, (times.endMicros - seen.startMicros) * scale));
  if (right < 0 || left > width) return;
  const top = lineTop(layout, trace.lanes, item) - scrollTop;
  context.strokeStyle = colour;
  context.lineWidth = line;
  const half = line / 2;
  context.strokeRect(left + half, top + half, right - left - line, lineHeight(lane, item.line) - 1 - line);
}
