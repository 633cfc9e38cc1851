import type { CallTree } from '#profile/index.ts';
import type { FlameLayout } from './flame-layout.ts';
import { LabelWriter, NARROWEST_TEXT } from './label-writer.ts';
import type { Palette, ShadeIndex } from './palette.ts';
import type { ViewRange } from './view-range.ts';
import { type Boxes, createBoxes, findVisibleBoxes } from './visible-boxes.ts';

/** In CSS pixels. */
export const LINE_HEIGHT = 20;
/** From this width on (in device pixels) a box is set off from its neighbour; separators of narrower ones would darken the picture. */
export const SEPARATED = 3;

/** What to draw, and for what part of it. */
export interface Picture {
  readonly tree: CallTree;
  readonly layout: FlameLayout;
  /** By function. */
  readonly shades: Uint8Array;
  /** By row of the tree, where calls of one function differ: a difference of two profiles. */
  readonly rowShades?: Uint8Array | undefined;
  readonly label: (func: number) => string;
  /** Package or folder, file and line, shown after the label where there is room. */
  readonly place: (func: number) => string;
  readonly range: ViewRange;
  readonly rootBelow: boolean;
  /** 1 per function that a search found; undefined without a search. */
  readonly matched: Uint8Array | undefined;
}

/** The visible part of the canvas, in CSS pixels. */
export interface Viewport {
  readonly width: number;
  readonly height: number;
  readonly scrollTop: number;
  readonly pixelRatio: number;
}

/** The top of a depth's line in the scrolled content, in CSS pixels. */
export function lineTop(picture: Pick<Picture, 'tree' | 'rootBelow'>, depth: number): number {
  return (picture.rootBelow ? picture.tree.maxDepth - depth : depth) * LINE_HEIGHT;
}

export function depthAt(picture: Pick<Picture, 'tree' | 'rootBelow'>, contentY: number): number {
  const line = Math.floor(contentY / LINE_HEIGHT);
  return picture.rootBelow ? picture.tree.maxDepth - line : line;
}

/** The shade of a row's box. */
export function shadeOf({ rowShades, shades, tree }: Picture, row: number): ShadeIndex {
  return (rowShades === undefined ? shades[tree.func[row] as number] : rowShades[row]) as number;
}

/** Boxes of one colour as left, top, width and height, one after another, in device pixels. */
type Batch = number[];

interface Label {
  readonly func: number;
  readonly left: number;
  readonly top: number;
  readonly width: number;
}

/** How strongly a box is drawn that a search did not find. */
export const FADED = 0.42;

/** Draws a flame graph on a canvas. One per canvas and profile. */
export class Painter {
  readonly #context: CanvasRenderingContext2D;
  readonly #boxes: Boxes = createBoxes();
  readonly #writer: LabelWriter;
  /** By colour: setting one costs more than filling a hundred boxes with it. */
  readonly #batches = new Map<string, Batch>();
  readonly #faded = new Map<string, Batch>();
  #labels: Label[] = [];

  constructor(context: CanvasRenderingContext2D, fontFamily: string) {
    this.#context = context;
    this.#writer = new LabelWriter(context, fontFamily);
  }

  paint(picture: Picture, palette: Palette, viewport: Viewport): void {
    const { width, height, pixelRatio, scrollTop } = viewport;
    const widthPixels = Math.round(width * pixelRatio);
    const firstLine = Math.max(0, Math.floor(scrollTop / LINE_HEIGHT));
    const lastLine = Math.min(picture.tree.maxDepth, Math.floor((scrollTop + height) / LINE_HEIGHT));
    for (let line = firstLine; line <= lastLine; line++) {
      const depth = picture.rootBelow ? picture.tree.maxDepth - line : line;
      findVisibleBoxes(picture.tree, picture.layout, depth, picture.range, widthPixels, this.#boxes);
      this.#collect(picture, palette, line * LINE_HEIGHT - scrollTop, pixelRatio);
    }
    const context = this.#context;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, widthPixels, Math.round(height * pixelRatio));
    this.#fill(this.#batches, 1);
    this.#fill(this.#faded, FADED);
    context.setTransform(pixelRatio, 0, 0, pixelRatio, 0, 0);
    this.#write(picture, palette);
  }

  #collect(picture: Picture, palette: Palette, top: number, pixelRatio: number): void {
    const { length, left: lefts, right: rights, row: rows, count: counts } = this.#boxes;
    const y = Math.round(top * pixelRatio);
    const height = Math.round((top + LINE_HEIGHT) * pixelRatio) - y - 1;
    for (let at = 0; at < length; at++) {
      const func = picture.tree.func[rows[at] as number] as number;
      const left = lefts[at] as number;
      const width = (rights[at] as number) - left;
      const isSeveral = (counts[at] as number) > 1;
      const isMatch = picture.matched?.[func] === 1;
      const own = isSeveral ? palette.merged : palette.boxes[shadeOf(picture, rows[at] as number)];
      const batches = picture.matched === undefined || isMatch ? this.#batches : this.#faded;
      const batch = batchOf(batches, isMatch ? palette.match : (own ?? palette.merged));
      batch.push(left, y, width >= SEPARATED ? width - 1 : width, height);
      if (isSeveral || width < NARROWEST_TEXT * pixelRatio) continue;
      this.#labels.push({ func, left: left / pixelRatio, top, width: width / pixelRatio });
    }
  }

  #fill(batches: Map<string, Batch>, alpha: number): void {
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

  #write(picture: Picture, palette: Palette): void {
    this.#writer.begin();
    for (const { func, left, top, width } of this.#labels) {
      const isMatch = picture.matched?.[func] === 1;
      const text = { label: picture.label(func), place: picture.place(func) };
      const colours = isMatch
        ? { label: palette.matchText, place: palette.matchText }
        : { label: palette.text, place: palette.place };
      this.#writer.write(text, colours, left, top + LINE_HEIGHT / 2, width);
    }
    this.#labels = [];
  }
}

function batchOf(batches: Map<string, Batch>, colour: string): Batch {
  let batch = batches.get(colour);
  if (batch === undefined) {
    batch = [];
    batches.set(colour, batch);
  }
  return batch;
}
