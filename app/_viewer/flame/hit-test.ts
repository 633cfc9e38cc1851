import type { IndexIntoCallTree } from '#profile/index.ts';
import { depthAt, type Picture } from './painter.ts';
import { type Boxes, findVisibleBoxes } from './visible-boxes.ts';

export interface Hit {
  readonly row: IndexIntoCallTree;
  /** How many rows the box under the pointer stands for. */
  readonly count: number;
}

/** The box that is drawn at a point: x in CSS pixels of the view, y in CSS pixels of the scrolled content. */
export function hitTest(
  picture: Picture,
  x: number,
  contentY: number,
  width: number,
  pixelRatio: number,
  boxes: Boxes,
): Hit | undefined {
  const depth = depthAt(picture, contentY);
  if (depth < 0 || depth > picture.tree.maxDepth) return undefined;
  findVisibleBoxes(picture.tree, picture.layout, depth, picture.range, Math.round(width * pixelRatio), boxes);
  const pixel = x * pixelRatio;
  for (let at = 0; at < boxes.length; at++) {
    if (pixel < (boxes.left[at] as number)) return undefined;
    if (pixel < (boxes.right[at] as number))
      return { row: boxes.row[at] as number, count: boxes.count[at] as number };
  }
  return undefined;
}
