import { type Lane, SPAN_FLAG } from '#profile/index.ts';
import { toTimes } from './after-wish.ts';
import { laneAt, linesOf, SPAN_HEIGHT, statesHeight } from './lane-layout.ts';
import { toLaneShares } from './lane-shares.ts';
import { paintStates } from './states-painter.ts';
import type { TimelineColours } from './timeline-colours.ts';
import type { TimelinePicture, TimelineViewport } from './timeline-picture.ts';
import { createSpanBoxes, findVisibleSpans, type SpanBoxes } from './visible-spans.ts';

const TEXT_SIZE = 11;
const TEXT_PADDING = 4;
/** Narrower than this a box shows no text; in CSS pixels. */
const NARROWEST_TEXT = 24;
/** From this width on (in device pixels) a box is set off from its neighbour. */
const SEPARATED = 3;
/** How strongly is drawn what a search did not find. */
const FADED = 0.4;

interface Label {
  readonly name: number;
  readonly colour: string;
  readonly left: number;
  readonly top: number;
  readonly width: number;
}

/** Draws lanes with their states and spans on a canvas, of which only what is seen. One per canvas. */
export class TimelinePainter {
  readonly #context: CanvasRenderingContext2D;
  readonly #font: string;
  readonly #boxes: SpanBoxes = createSpanBoxes();
  readonly #widths = new Map<string, number>();
  /** By colour, as left, top, width and height one after another: setting a colour costs more than filling a hundred boxes. */
  readonly #batches = new Map<string, number[]>();
  readonly #faded = new Map<string, number[]>();
  #labels: Label[] = [];

  constructor(context: CanvasRenderingContext2D, fontFamily: string) {
    this.#context = context;
    this.#font = `${TEXT_SIZE}px ${fontFamily}`;
  }

  paint(picture: TimelinePicture, colours: TimelineColours, viewport: TimelineViewport): void {
    const { width, height, scrollTop, pixelRatio } = viewport;
    const widthPixels = Math.round(width * pixelRatio);
    const context = this.#context;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, widthPixels, Math.round(height * pixelRatio));
    const { lanes } = picture.trace;
    for (let index = laneAt(picture.layout, scrollTop); index < lanes.length; index++) {
      const top = (picture.layout.top[index] as number) - scrollTop;
      if (top > height) break;
      this.#paintLane(picture, index, top, colours, viewport, widthPixels);
    }
    this.#fill(this.#batches, 1);
    this.#fill(this.#faded, FADED);
    context.setTransform(pixelRatio, 0, 0, pixelRatio, 0, 0);
    this.#write(picture);
  }

  #paintLane(
    picture: TimelinePicture,
    index: number,
    top: number,
    colours: TimelineColours,
    { height, pixelRatio }: TimelineViewport,
    widthPixels: number,
  ): void {
    const lane = picture.trace.lanes[index] as Lane;
    const seen = toTimes(picture.trace, picture.range);
    if (lane.length > 0) {
      const shares = toLaneShares(lane, seen.startMicros, seen.endMicros, widthPixels);
      paintStates(this.#context, shares, top, colours, pixelRatio);
    }
    if (!picture.layout.isCollapsed[index]) {
      const linesTop = top + statesHeight(lane);
      const first = Math.max(0, Math.floor(-linesTop / SPAN_HEIGHT));
      const last = Math.min(linesOf(lane) - 1, Math.floor((height - linesTop) / SPAN_HEIGHT));
      for (let line = first; line <= last; line++) {
        findVisibleSpans(lane.spans, line, seen.startMicros, seen.endMicros, widthPixels, this.#boxes);
        this.#collect(picture, index, line, linesTop + line * SPAN_HEIGHT, colours, pixelRatio);
      }
    }
    this.#context.fillStyle = colours.hairline;
    const bottom = top + (picture.layout.top[index + 1] as number) - (picture.layout.top[index] as number);
    this.#context.fillRect(0, Math.round(bottom * pixelRatio) - 1, widthPixels, 1);
  }

  #collect(
    picture: TimelinePicture,
    index: number,
    line: number,
    top: number,
    colours: TimelineColours,
    pixelRatio: number,
  ): void {
    const boxes = this.#boxes;
    const { spans } = picture.trace.lanes[index] as Lane;
    const before = picture.matchesBefore?.[index];
    const y = Math.round(top * pixelRatio);
    const height = Math.round((top + SPAN_HEIGHT) * pixelRatio) - y - 1;
    const isCall = line >= spans.nestedLines;
    for (let at = 0; at < boxes.length; at++) {
      const row = boxes.row[at] as number;
      const count = boxes.count[at] as number;
      const left = boxes.left[at] as number;
      const width = (boxes.right[at] as number) - left;
      const isFound = before !== undefined && hasMatch(before, boxes.first[at] as number, count);
      const [fill, text] = isFound
        ? [colours.match, colours.matchText]
        : coloursOf(picture, spans, row, count, isCall, colours);
      const batches = before === undefined || isFound ? this.#batches : this.#faded;
      batchOf(batches, fill).push(left, y, width >= SEPARATED ? width - 1 : width, height);
      const isMoment = ((spans.flags[row] as number) & SPAN_FLAG.instant) !== 0;
      if (count > 1 || isMoment || width < NARROWEST_TEXT * pixelRatio) continue;
      const label = { name: spans.name[row] as number, colour: text };
      this.#labels.push({ ...label, left: left / pixelRatio, top, width: width / pixelRatio });
    }
  }

  #fill(batches: Map<string, number[]>, alpha: number): void {
    const context = this.#context;
    context.globalAlpha = alpha;
    for (const [colour, batch] of batches) {
      context.fillStyle = colour;
      for (let at = 0; at < batch.length; at += 4) {
        context.fillRect(batch[at] ?? 0, batch[at + 1] ?? 0, batch[at + 2] ?? 0, batch[at + 3] ?? 0);
      }
      batch.length = 0;
    }
    context.globalAlpha = 1;
  }

  #write(picture: TimelinePicture): void {
    const context = this.#context;
    context.textBaseline = 'middle';
    context.font = this.#font;
    for (const { name, colour, left, top, width } of this.#labels) {
      const text = this.#fitted(picture.label(name), width - 2 * TEXT_PADDING);
      if (text === '') continue;
      context.fillStyle = colour;
      context.fillText(text, left + TEXT_PADDING, top + SPAN_HEIGHT / 2);
    }
    this.#labels = [];
  }

  /** Cut by the mean letter first: measuring letter by letter would cost more than the drawing. */
  #fitted(text: string, room: number): string {
    const width = this.#widthOf(text);
    if (width <= room) return text;
    let letters = Math.floor((room / width) * text.length) - 1;
    while (letters > 1 && this.#context.measureText(`${text.slice(0, letters)}…`).width > room) letters--;
    // Half of a pair would show as a letter that is not there.
    if (/[\ud800-\udbff]/.test(text.charAt(letters - 1))) letters--;
    return letters > 1 ? `${text.slice(0, letters)}…` : '';
  }

  #widthOf(text: string): number {
    let width = this.#widths.get(text);
    if (width === undefined) {
      width = this.#context.measureText(text).width;
      this.#widths.set(text, width);
    }
    return width;
  }
}

/** What a state is seen by above, it is seen by here. */
function coloursOf(
  { evidence }: TimelinePicture,
  spans: Lane['spans'],
  row: number,
  count: number,
  isCall: boolean,
  colours: TimelineColours,
): readonly [fill: string, text: string] {
  if (evidence.isCollection(spans.name[row] as number)) return [colours.gc, colours.markText];
  if (evidence.isBlocking(spans.category[row] as number)) return [colours.blocked, colours.markText];
  if (count > 1) return [colours.merged, colours.text];
  return [isCall ? colours.call : colours.span, colours.text];
}

/** However small one is that was found, it lights up. */
function hasMatch(before: Uint32Array, first: number, count: number): boolean {
  return (before[first + count] as number) > (before[first] as number);
}

function batchOf(batches: Map<string, number[]>, colour: string): number[] {
  let batch = batches.get(colour);
  if (batch === undefined) {
    batch = [];
    batches.set(colour, batch);
  }
  return batch;
}
