import type { SpanTable } from '#profile/index.ts';
import { firstEndingAfter } from './lane-shares.ts';

/** Boxes to draw in one line, as columns that are used again for every line and frame. */
export interface SpanBoxes {
  length: number;
  /** Edges in device pixels: the first inside, the first beyond. */
  left: Int32Array;
  right: Int32Array;
  /** The longest of those looked at, of the spans that the box stands for. */
  row: Uint32Array;
  /** How many spans it stands for. */
  count: Uint32Array;
  /** The first row that is not in it; they stand in a run. */
  first: Uint32Array;
}

export function createSpanBoxes(capacity = 4_096): SpanBoxes {
  return {
    length: 0,
    left: new Int32Array(capacity),
    right: new Int32Array(capacity),
    row: new Uint32Array(capacity),
    count: new Uint32Array(capacity),
    first: new Uint32Array(capacity),
  };
}

/** Narrower than this (in device pixels) a span is not drawn on its own. */
const NARROW = 1;
/** A box of several is not longer than this, so that one sees where there are many, and which of them a search found. */
const LONGEST_MERGED = 4;

/**
 * Finds the boxes of a line within a view. Spans narrower than a pixel become one box as long as less than a pixel lies
 * between them and the box is short; alone they are a pixel wide, for what is there at all is seen. A box never reaches into its neighbour. Cost:
 * the pixels of a line times a binary search, not its spans.
 */
export function findVisibleSpans(
  spans: SpanTable,
  line: number,
  fromMicros: number,
  toMicros: number,
  widthPixels: number,
  boxes: SpanBoxes,
): void {
  boxes.length = 0;
  const scale = widthPixels / (toMicros - fromMicros);
  const end = spans.lineStart[line + 1] as number;
  let at = firstInView(spans, line, fromMicros);
  let reached = 0;
  while (at < end) {
    const left = ((spans.startMicros[at] as number) - fromMicros) * scale;
    if (left > widthPixels) return;
    const first = at;
    let longest = at;
    let right = ((spans.endMicros[at] as number) - fromMicros) * scale;
    if (right - left < NARROW) {
      for (;;) {
        // Whatever ends within this pixel belongs to the box too; it is jumped over unseen.
        at = nextEndingAfter(spans.endMicros, fromMicros + (Math.floor(right) + 1) / scale, at + 1, end);
        right = ((spans.endMicros[at - 1] as number) - fromMicros) * scale;
        if (at >= end || right >= widthPixels) break;
        const nextLeft = ((spans.startMicros[at] as number) - fromMicros) * scale;
        const nextRight = ((spans.endMicros[at] as number) - fromMicros) * scale;
        if (nextRight - nextLeft >= NARROW || nextLeft - right >= 1 || nextRight - left > LONGEST_MERGED)
          break;
        if (lengthOf(spans, at) > lengthOf(spans, longest)) longest = at;
        right = nextRight;
      }
    } else at++;
    const from = Math.max(reached, Math.min(widthPixels - 1, Math.floor(left)));
    const to = Math.min(widthPixels, Math.max(from + 1, Math.round(right)));
    if (from >= widthPixels) return;
    reached = to;
    add(boxes, from, to, longest, first, at - first);
  }
}

/** As `firstEndingAfter`, for what is near: in steps that double, which touch little memory. */
function nextEndingAfter(ends: Float64Array, atMicros: number, from: number, to: number): number {
  let low = from;
  let step = 1;
  while (low + step < to && (ends[low + step] as number) <= atMicros) {
    low += step;
    step *= 2;
  }
  return firstEndingAfter(ends, atMicros, low, Math.min(to, low + step));
}

function lengthOf({ startMicros, endMicros }: SpanTable, row: number): number {
  return (endMicros[row] as number) - (startMicros[row] as number);
}

/** A moment at the left edge is in the view, though it ends there. */
function firstInView({ lineStart, endMicros }: SpanTable, line: number, fromMicros: number): number {
  const from = lineStart[line] as number;
  let row = firstEndingAfter(endMicros, fromMicros, from, lineStart[line + 1] as number);
  while (row > from && (endMicros[row - 1] as number) === fromMicros) row--;
  return row;
}

function add(boxes: SpanBoxes, left: number, right: number, row: number, first: number, count: number): void {
  if (boxes.length === boxes.left.length) grow(boxes);
  const at = boxes.length++;
  boxes.left[at] = left;
  boxes.right[at] = right;
  boxes.row[at] = row;
  boxes.first[at] = first;
  boxes.count[at] = count;
}

function grow(boxes: SpanBoxes): void {
  const larger = createSpanBoxes(boxes.left.length * 2);
  larger.left.set(boxes.left);
  larger.right.set(boxes.right);
  larger.row.set(boxes.row);
  larger.first.set(boxes.first);
  larger.count.set(boxes.count);
  const { left, right, row, first, count } = larger;
  Object.assign(boxes, { left, right, row, first, count });
}
