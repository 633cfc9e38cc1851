import {
  createColumns,
  createLineBoxes,
  fillColumns,
  findLineBoxes,
  type LineBoxes,
  type TimeChart,
  type TimeColumns,
  type TimedFrame,
  type TimeRange,
} from '#profile/index.ts';
import { LabelWriter, NARROWEST_TEXT } from '../flame/label-writer.ts';
import { LINE_HEIGHT, SEPARATED } from '../flame/painter.ts';
import { type ChartLines, depthsSeen, topOfDepth } from './chart-lines.ts';
import type { PixelColours } from './pixel-colours.ts';
import { fillLine, repeatLine } from './pixel-lines.ts';
import type { ChartLook, Drawing } from './protocol.ts';

/** How much of the picture shows where it lies outside of the time chosen. */
const VEIL = 0.62;
/** Under boxes of the same function as what is selected, in CSS pixels. */
const UNDERLINE = 3;

export interface ChartTexts {
  label(func: number): string;
  place(func: number): string;
}

export interface ChartScene {
  readonly chart: TimeChart;
  readonly look: ChartLook;
  readonly colours: PixelColours;
  readonly texts: ChartTexts;
  readonly drawing: Drawing;
  readonly selected: TimedFrame | undefined;
}

/** Told once it is known what stands in which pixel. */
type FindHovered = (columns: TimeColumns) => TimedFrame | undefined;

interface Label {
  readonly func: number;
  readonly left: number;
  readonly top: number;
  readonly width: number;
}

/** Draws the chart on a canvas in the worker: boxes as pixels, for there may be a hundred thousand, then text and marks. */
export class ChartPainter {
  readonly #canvas: OffscreenCanvas;
  readonly #context: OffscreenCanvasRenderingContext2D;
  readonly #writer: LabelWriter;
  readonly #boxes: LineBoxes = createLineBoxes();
  readonly #columns = createColumns();
  #image: ImageData | undefined;
  #pixels = new Uint32Array(0);
  #line = new Uint32Array(0);
  #underlined = new Uint32Array(0);

  constructor(canvas: OffscreenCanvas, fontFamily: string) {
    // Without transparency there is less to put together on the screen.
    const context = canvas.getContext('2d', { alpha: false });
    if (context === null) throw new Error('The browser has no canvas for a worker');
    this.#canvas = canvas;
    this.#context = context;
    this.#writer = new LabelWriter(context, fontFamily);
  }

  forgetWidths(): void {
    this.#writer.forgetWidths();
  }

  paint(scene: ChartScene, findHovered: FindHovered): void {
    const { chart, drawing } = scene;
    const { pixelRatio } = drawing;
    const width = Math.max(1, Math.round(drawing.width * pixelRatio));
    const height = Math.max(1, Math.round(drawing.height * pixelRatio));
    const image = this.#resize(width, height);
    const lines = { maxDepth: chart.maxDepth, rootBelow: drawing.rootBelow };
    const { first, count } = depthsSeen(lines, drawing.scrollTop, drawing.height);
    const seen = onPixels(drawing.seen, width);
    fillColumns(chart, { ...seen, width, firstDepth: first, lines: count }, this.#columns);
    this.#pixels.fill(scene.colours.nothing);
    const labels: Label[] = [];
    for (let line = 0; line < count; line++) this.#paintLine(scene, lines, line, height, labels);
    this.#context.setTransform(1, 0, 0, 1, 0, 0);
    this.#context.putImageData(image, 0, 0);
    this.#context.setTransform(pixelRatio, 0, 0, pixelRatio, 0, 0);
    this.#write(scene, labels);
    this.#veil(scene, seen);
    this.#mark(scene, lines, seen, findHovered(this.#columns));
  }

  #resize(width: number, height: number): ImageData {
    const canvas = this.#canvas;
    if (canvas.width !== width) canvas.width = width;
    if (canvas.height !== height) canvas.height = height;
    if (this.#image?.width !== width || this.#image.height !== height) {
      this.#image = new ImageData(width, height);
      this.#pixels = new Uint32Array(this.#image.data.buffer);
      this.#line = new Uint32Array(width);
      this.#underlined = new Uint32Array(width);
    }
    return this.#image;
  }

  #paintLine(
    { chart, colours, drawing, selected }: ChartScene,
    lines: ChartLines,
    line: number,
    height: number,
    labels: Label[],
  ): void {
    const { pixelRatio, scrollTop } = drawing;
    const boxes = this.#boxes;
    const { func } = chart.stacks;
    findLineBoxes(this.#columns, line, boxes);
    if (boxes.length === 0) return;
    const colourOf = (row: number) => colours.ofFunction[func[row] as number] as number;
    const boxColours = { colourOf, nothing: colours.nothing, separatedFrom: SEPARATED };
    fillLine(boxes, boxColours, this.#line);
    const cssTop = topOfDepth(lines, this.#columns.window.firstDepth + line) - scrollTop;
    const top = Math.round(cssTop * pixelRatio);
    // A pixel is left between lines.
    const bottom = Math.round((cssTop + LINE_HEIGHT) * pixelRatio) - 1;
    repeatLine(this.#line, this.#pixels, height, top, bottom);
    if (selected !== undefined) {
      const sameAs = func[selected.row] as number;
      const own = (row: number) => (func[row] === sameAs ? colours.accent : colourOf(row));
      fillLine(boxes, { ...boxColours, colourOf: own }, this.#underlined);
      repeatLine(this.#underlined, this.#pixels, height, bottom - Math.round(UNDERLINE * pixelRatio), bottom);
    }
    for (let at = 0; at < boxes.length; at++) {
      const width = ((boxes.right[at] as number) - (boxes.left[at] as number)) / pixelRatio;
      if (width < NARROWEST_TEXT) continue;
      const left = (boxes.left[at] as number) / pixelRatio;
      labels.push({ func: func[boxes.row[at] as number] as number, left, top: cssTop, width });
    }
  }

  #write({ look, texts }: ChartScene, labels: readonly Label[]): void {
    const { palette, matched } = look;
    this.#writer.begin();
    for (const { func, left, top, width } of labels) {
      const text = { label: texts.label(func), place: texts.place(func) };
      const colours =
        matched?.[func] === 1
          ? { label: palette.matchText, place: palette.matchText }
          : { label: palette.text, place: palette.place };
      this.#writer.write(text, colours, left, top + LINE_HEIGHT / 2, width);
    }
  }

  /** Lets what is outside of the chosen time step back. */
  #veil({ drawing, look }: ChartScene, seen: TimeRange): void {
    const { chosen, width, height } = drawing;
    if (chosen === undefined) return;
    const from = xOf(seen, width, chosen.fromMicros);
    const to = xOf(seen, width, chosen.toMicros);
    const context = this.#context;
    context.globalAlpha = VEIL;
    context.fillStyle = look.palette.surface;
    if (from > 0) context.fillRect(0, 0, Math.min(width, from), height);
    if (to < width) context.fillRect(Math.max(0, to), 0, width - Math.max(0, to), height);
    context.globalAlpha = 1;
  }

  #mark(
    { drawing, look, selected }: ChartScene,
    lines: ChartLines,
    seen: TimeRange,
    hovered: TimedFrame | undefined,
  ): void {
    const { palette } = look;
    if (hovered) this.#outline(drawing, lines, seen, hovered, palette.text, 1);
    if (!selected) return;
    this.#outline(drawing, lines, seen, selected, palette.surface, 3.5);
    this.#outline(drawing, lines, seen, selected, palette.accent, 2);
  }

  #outline(
    { width, height, scrollTop }: Drawing,
    lines: ChartLines,
    seen: TimeRange,
    frame: TimedFrame,
    colour: string,
    thickness: number,
  ): void {
    const top = topOfDepth(lines, frame.depth) - scrollTop;
    const start = xOf(seen, width, frame.startMicros);
    const left = Math.max(0, start);
    // However narrow the box, its mark can be seen.
    const right = Math.min(width, Math.max(xOf(seen, width, frame.endMicros), start + 3));
    if (right <= left || top < -LINE_HEIGHT || top > height) return;
    const inset = thickness / 2;
    this.#context.strokeStyle = colour;
    this.#context.lineWidth = thickness;
    this.#context.strokeRect(
      left + inset,
      top + inset,
      right - left - thickness,
      LINE_HEIGHT - 1 - thickness,
    );
  }
}

/** In whole pixels from the first sample, so that what is narrower than a pixel looks the same wherever it is moved. */
function onPixels({ fromMicros, toMicros }: TimeRange, width: number): TimeRange {
  const perPixel = (toMicros - fromMicros) / width;
  const from = Math.round(fromMicros / perPixel) * perPixel;
  return { fromMicros: from, toMicros: from + (toMicros - fromMicros) };
}

function xOf({ fromMicros, toMicros }: TimeRange, width: number, micros: number): number {
  return ((micros - fromMicros) / (toMicros - fromMicros)) * width;
}
