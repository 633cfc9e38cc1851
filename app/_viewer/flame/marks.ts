import type { CallTree, IndexIntoCallTree } from '#profile/index.ts';
import type { FlameLayout } from './flame-layout.ts';
import { LINE_HEIGHT, lineTop, type Picture, type Viewport } from './painter.ts';
import type { Palette } from './palette.ts';
import { type Boxes, findVisibleBoxes } from './visible-boxes.ts';

/** What is pointed at, chosen, and of the same function as what is chosen; drawn over the picture. */
export interface Marks {
  readonly hovered: IndexIntoCallTree | undefined;
  readonly selected: IndexIntoCallTree;
  readonly isFocused: boolean;
}

export function paintMarks(
  context: CanvasRenderingContext2D,
  picture: Picture,
  palette: Palette,
  viewport: Viewport,
  marks: Marks,
  boxes: Boxes,
): void {
  const { pixelRatio } = viewport;
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(0, 0, context.canvas.width, context.canvas.height);
  context.setTransform(pixelRatio, 0, 0, pixelRatio, 0, 0);
  if (marks.selected > 0) underlineSameFunction(context, picture, palette, viewport, marks.selected, boxes);
  if (marks.hovered !== undefined) outline(context, picture, viewport, marks.hovered, palette.text, 1);
  if (marks.selected > 0 || marks.isFocused) {
    outline(context, picture, viewport, marks.selected, palette.surface, 3.5);
    outline(context, picture, viewport, marks.selected, palette.accent, 2);
  }
}

/** Where a row lies in the view, in CSS pixels; it may lie outside. */
export function spanOf(tree: CallTree, layout: FlameLayout, row: number, picture: Picture, width: number) {
  const all = tree.total[0] as number;
  const scale = width / (picture.range.to - picture.range.from);
  const left = ((layout.start[row] as number) / all - picture.range.from) * scale;
  return { left, right: left + ((tree.total[row] as number) / all) * scale };
}

function outline(
  context: CanvasRenderingContext2D,
  picture: Picture,
  viewport: Viewport,
  row: IndexIntoCallTree,
  colour: string,
  thickness: number,
): void {
  const { tree, layout } = picture;
  const span = spanOf(tree, layout, row, picture, viewport.width);
  const top = lineTop(picture, tree.depth[row] as number) - viewport.scrollTop;
  const left = Math.max(0, span.left);
  // However narrow the box, its mark can be seen.
  const right = Math.min(viewport.width, Math.max(span.right, span.left + 3));
  if (right <= left || top < -LINE_HEIGHT || top > viewport.height) return;
  const inset = thickness / 2;
  context.strokeStyle = colour;
  context.lineWidth = thickness;
  context.strokeRect(left + inset, top + inset, right - left - thickness, LINE_HEIGHT - 1 - thickness);
}

function underlineSameFunction(
  context: CanvasRenderingContext2D,
  picture: Picture,
  palette: Palette,
  viewport: Viewport,
  selected: IndexIntoCallTree,
  boxes: Boxes,
): void {
  const { tree, layout, range } = picture;
  const func = tree.func[selected];
  const widthPixels = Math.round(viewport.width * viewport.pixelRatio);
  const firstLine = Math.max(0, Math.floor(viewport.scrollTop / LINE_HEIGHT));
  const lastLine = Math.min(tree.maxDepth, Math.floor((viewport.scrollTop + viewport.height) / LINE_HEIGHT));
  context.fillStyle = palette.accent;
  for (let line = firstLine; line <= lastLine; line++) {
    const depth = picture.rootBelow ? tree.maxDepth - line : line;
    findVisibleBoxes(tree, layout, depth, range, widthPixels, boxes);
    const bottom = (line + 1) * LINE_HEIGHT - viewport.scrollTop - 1;
    for (let at = 0; at < boxes.length; at++) {
      if (tree.func[boxes.row[at] as number] !== func) continue;
      const left = (boxes.left[at] as number) / viewport.pixelRatio;
      const right = (boxes.right[at] as number) / viewport.pixelRatio;
      context.fillRect(left, bottom - 3, Math.max(1, right - left - 1), 3);
    }
  }
}
