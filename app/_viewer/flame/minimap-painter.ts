import { type Picture, shadeOf } from './painter.ts';
import type { Palette } from './palette.ts';
import type { Size } from './use-size.ts';
import { WHOLE } from './view-range.ts';
import { createBoxes, findVisibleBoxes } from './visible-boxes.ts';

/** Lower than this a line cannot be told from the next; in device pixels. */
const LEAST_LINE = 2;

/** All of the picture's width, its lines pressed together from the root on as far as they can be told apart. */
export function paintMinimap(
  context: CanvasRenderingContext2D,
  picture: Picture,
  palette: Palette,
  { width, height, pixelRatio }: Size,
): void {
  const { tree, layout, rootBelow } = picture;
  const widthPixels = Math.round(width * pixelRatio);
  const heightPixels = Math.round(height * pixelRatio);
  // The root is as wide as everything and says nothing.
  const lines = Math.max(1, Math.min(tree.maxDepth, Math.floor(heightPixels / LEAST_LINE)));
  const lineHeight = heightPixels / lines;
  const boxes = createBoxes();
  context.clearRect(0, 0, widthPixels, heightPixels);
  for (let line = 0; line < lines; line++) {
    const depth = 1 + Math.floor((line * Math.max(0, tree.maxDepth)) / lines);
    findVisibleBoxes(tree, layout, depth, WHOLE, widthPixels, boxes);
    const top = Math.round((rootBelow ? lines - 1 - line : line) * lineHeight);
    const bottom = Math.round((rootBelow ? lines - line : line + 1) * lineHeight);
    for (let at = 0; at < boxes.length; at++) {
      const shade = shadeOf(picture, boxes.row[at] as number);
      const left = boxes.left[at] as number;
      const several = (boxes.count[at] as number) > 1;
      context.fillStyle = several ? palette.merged : (palette.boxes[shade] ?? palette.merged);
      context.fillRect(left, top, (boxes.right[at] as number) - left, bottom - top);
    }
  }
}
