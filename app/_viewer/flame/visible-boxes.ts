import type { CallTree } from '#profile/index.ts';
import type { FlameLayout } from './flame-layout.ts';
import type { ViewRange } from './view-range.ts';

/** Boxes to draw in one line, as columns that are used again for every line and frame. */
export interface Boxes {
  length: number;
  /** Edges in device pixels: the first inside, the first beyond. */
  left: Int32Array;
  right: Int32Array;
  /** The row of the call tree; the heaviest of those looked at when several are drawn as one. */
  row: Uint32Array;
  /** How many rows the box stands for. */
  count: Uint32Array;
}

export function createBoxes(capacity = 1024): Boxes {
  return {
    length: 0,
    left: new Int32Array(capacity),
    right: new Int32Array(capacity),
    row: new Uint32Array(capacity),
    count: new Uint32Array(capacity),
  };
}

/** Narrower than this (in device pixels) a box is not drawn on its own. */
const NARROW = 0.5;

/** Wider than a common screen, in device pixels. */
const WIDE_SCREEN = 2560;

/** Whether boxes are so narrow that even a wide screen draws several as one when it shows everything. */
export function hasNarrowBoxes(tree: CallTree): boolean {
  const narrow = ((tree.total[0] as number) * NARROW) / WIDE_SCREEN;
  return tree.total.some((value) => value < narrow);
}

/**
 * Finds the boxes of one depth within the view. Edges are snapped to device pixels, so neighbours touch without a blur.
 * Neighbours narrower than half a pixel become one box of their common width: however many small stacks there are,
 * their weight stays in the picture. Cost: the pixels of a line times a binary search, not the rows of the tree.
 */
export function findVisibleBoxes(
  tree: CallTree,
  layout: FlameLayout,
  depth: number,
  range: ViewRange,
  widthPixels: number,
  boxes: Boxes,
): void {
  boxes.length = 0;
  const all = tree.total[0] as number;
  if (!(all > 0) || depth + 1 >= layout.depthStart.length) return;
  const scale = widthPixels / ((range.to - range.from) * all);
  const origin = range.from * all;
  const end = layout.depthStart[depth + 1] as number;
  let at = firstEndingAfter(tree, layout, origin, layout.depthStart[depth] as number, end);
  while (at < end) {
    const row = layout.rows[at] as number;
    const left = ((layout.start[row] as number) - origin) * scale;
    if (left >= widthPixels) return;
    // The very sum that the next sibling's left edge is: rounded alike, neighbours neither gap nor overlap.
    const right = ((layout.start[row] as number) + (tree.total[row] as number) - origin) * scale;
    if (right - left >= NARROW) {
      add(boxes, left, right, row, 1, widthPixels);
      at++;
    } else at = addNarrow(tree, layout, at, end, origin, scale, widthPixels, boxes);
  }
}

/** Gathers narrow boxes while less than a pixel lies between them, in steps of a pixel. */
function addNarrow(
  tree: CallTree,
  layout: FlameLayout,
  first: number,
  end: number,
  origin: number,
  scale: number,
  widthPixels: number,
  boxes: Boxes,
): number {
  let heaviest = layout.rows[first] as number;
  const left = ((layout.start[heaviest] as number) - origin) * scale;
  let right = left;
  let at = first;
  while (at < end) {
    const row = layout.rows[at] as number;
    const from = ((layout.start[row] as number) - origin) * scale;
    const to = ((layout.start[row] as number) + (tree.total[row] as number) - origin) * scale;
    if (to - from >= NARROW || from - right >= 1 || from >= widthPixels) break;
    if ((tree.total[row] as number) > (tree.total[heaviest] as number)) heaviest = row;
    right = to;
    // Whatever ends within this pixel belongs to the box too; it is jumped over unseen.
    const next = firstEndingAfter(tree, layout, origin + (Math.floor(right) + 1) / scale, at + 1, end);
    const before = layout.rows[next - 1] as number;
    if (next > at + 1)
      right = ((layout.start[before] as number) + (tree.total[before] as number) - origin) * scale;
    at = Math.max(next, at + 1);
  }
  add(boxes, left, right, heaviest, at - first, widthPixels);
  return at;
}

function add(
  boxes: Boxes,
  left: number,
  right: number,
  row: number,
  count: number,
  widthPixels: number,
): void {
  const from = Math.max(0, Math.round(left));
  const to = Math.min(widthPixels, Math.round(right));
  // Less than half a pixel all in all: the rounded edge of the neighbour takes it in.
  if (to <= from) return;
  if (boxes.length === boxes.left.length) grow(boxes);
  const at = boxes.length++;
  boxes.left[at] = from;
  boxes.right[at] = to;
  boxes.row[at] = row;
  boxes.count[at] = count;
}

function grow(boxes: Boxes): void {
  const larger = createBoxes(boxes.left.length * 2);
  larger.left.set(boxes.left);
  larger.right.set(boxes.right);
  larger.row.set(boxes.row);
  larger.count.set(boxes.count);
  Object.assign(boxes, { left: larger.left, right: larger.right, row: larger.row, count: larger.count });
}

/** The first of `rows[from…to)` whose right edge lies beyond `position`. */
function firstEndingAfter(
  tree: CallTree,
  layout: FlameLayout,
  position: number,
  from: number,
  to: number,
): number {
  let low = from;
  let high = to;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const row = layout.rows[middle] as number;
    if ((layout.start[row] as number) + (tree.total[row] as number) > position) high = middle;
    else low = middle + 1;
  }
  return low;
}
