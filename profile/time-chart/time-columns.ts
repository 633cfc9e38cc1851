import type { Micros } from '../model/profile.ts';
import type { TimeChart } from './time-chart.ts';
import { callerAt } from './timed-stacks.ts';

/** What of the chart is looked at: times counted from the first sample, and lines, one per depth. */
export interface TimeWindow {
  readonly fromMicros: Micros;
  readonly toMicros: Micros;
  /** In pixels of the device. */
  readonly width: number;
  /** The depth of the uppermost line. */
  readonly firstDepth: number;
  readonly lines: number;
}

/** Nothing is there. */
export const NO_FRAME = -1;

/**
 * What stands in each pixel of a window, column by column; used again for every frame of the screen. A pixel belongs to
 * the frame that was there in its middle, so edges are rounded and neighbours touch. A frame so narrow that it has no
 * pixel's middle is shown where its pixel would stay empty, else it is part of its neighbour's: nothing that was there is
 * further than a pixel from something drawn in its line.
 */
export interface TimeColumns {
  window: TimeWindow;
  /** Rows of the stacks, `window.lines` of each column, or `NO_FRAME`. */
  row: Int32Array;
  /** Of each column: the depth down to which it goes on from the column before; -1 for the first. */
  shared: Int32Array;
  /** Of each column: the sample in its middle. */
  sample: Uint32Array;
  /** Of each column: how deep the stack in the middle is. */
  depth: Uint16Array;
  /** Of each column: the sample whose narrow frames are shown below the stack in the middle, or -1. */
  spike: Int32Array;
  /** How deep those are, and below which depth they begin. */
  spikeDepth: Uint16Array;
  spikeAbove: Uint16Array;
}

const NOTHING_SEEN: TimeWindow = { fromMicros: 0, toMicros: 0, width: 0, firstDepth: 0, lines: 0 };

export function createColumns(): TimeColumns {
  return {
    window: NOTHING_SEEN,
    row: new Int32Array(0),
    shared: new Int32Array(0),
    sample: new Uint32Array(0),
    depth: new Uint16Array(0),
    spike: new Int32Array(0),
    spikeDepth: new Uint16Array(0),
    spikeAbove: new Uint16Array(0),
  };
}

/** Cost: a search per column and its frames in sight, whatever lies between. */
export function fillColumns(chart: TimeChart, window: TimeWindow, columns: TimeColumns): void {
  resize(columns, window);
  if (chart.depths.length === 0) {
    columns.row.fill(NO_FRAME);
    columns.shared.fill(-1);
    return;
  }
  findMiddles(chart, columns);
  findSpikes(chart, columns);
  for (let column = 0; column < window.width; column++) fillColumn(chart, columns, column);
}

function resize(columns: TimeColumns, window: TimeWindow): void {
  const { width, lines } = window;
  columns.window = window;
  if (columns.row.length < width * lines) columns.row = new Int32Array(width * lines);
  if (columns.sample.length >= width) return;
  columns.shared = new Int32Array(width);
  columns.sample = new Uint32Array(width);
  columns.depth = new Uint16Array(width);
  columns.spike = new Int32Array(width);
  columns.spikeDepth = new Uint16Array(width);
  columns.spikeAbove = new Uint16Array(width);
}

function findMiddles({ times, depths, shared }: TimeChart, columns: TimeColumns): void {
  const { fromMicros, toMicros, width } = columns.window;
  const perPixel = (toMicros - fromMicros) / width;
  for (let column = 0; column < width; column++) {
    const sample = times.findAt(fromMicros + (column + 0.5) * perPixel);
    const before = column === 0 ? -1 : (columns.sample[column - 1] as number);
    columns.sample[column] = sample;
    columns.depth[column] = depths.of(sample);
    if (column === 0) columns.shared[column] = -1;
    else if (sample === before) columns.shared[column] = columns.depth[column] as number;
    else columns.shared[column] = shared.lowest(before + 1, sample + 1);
  }
}

/**
 * Of the samples between two middles the one with the deepest stack, in the column that it lies in; at the edges of the
 * window those between the edge and the nearest middle.
 */
function findSpikes({ times, depths, shared }: TimeChart, columns: TimeColumns): void {
  const { fromMicros, toMicros, width } = columns.window;
  const perPixel = (toMicros - fromMicros) / width;
  columns.spike.fill(-1, 0, width);
  for (let column = 0; column <= width; column++) {
    const before = column === 0 ? times.findAt(fromMicros) - 1 : (columns.sample[column - 1] as number);
    const after = column === width ? times.findAt(toMicros) + 1 : (columns.sample[column] as number);
    const found = depths.findDeepest(before + 1, after);
    if (found < 0) continue;
    const depth = depths.of(found);
    // Nowhere to be seen, whichever of the two columns it lies in.
    if (
      depth <=
      Math.min(
        columns.depth[Math.max(0, column - 1)] as number,
        columns.depth[Math.min(width - 1, column)] as number,
      )
    )
      continue;
    const isInColumnBefore =
      times.startOf(found) + times.durationOf(found) / 2 < fromMicros + column * perPixel;
    const at = Math.min(width - 1, Math.max(0, isInColumnBefore ? column - 1 : column));
    const ownDepth = columns.depth[at] as number;
    if (depth <= ownDepth) continue;
    if ((columns.spike[at] as number) >= 0 && (columns.spikeDepth[at] as number) >= depth) continue;
    // What goes on into a middle is drawn there.
    const left = column === 0 ? 0 : shared.lowest(before + 1, found + 1);
    const right = column === width ? 0 : shared.lowest(found + 1, after + 1);
    const goesOn = Math.max(left, right);
    if (depth <= goesOn) continue;
    columns.spike[at] = found;
    columns.spikeDepth[at] = depth;
    columns.spikeAbove[at] = Math.max(ownDepth, goesOn);
  }
}

function fillColumn(chart: TimeChart, columns: TimeColumns, column: number): void {
  const { firstDepth, lines } = columns.window;
  const { row } = columns;
  const start = column * lines;
  // What goes on from the column before is the same there. So few values are copied faster one by one.
  const same = Math.min(lines, Math.max(0, (columns.shared[column] as number) - firstDepth + 1));
  for (let line = 0; line < same; line++) row[start + line] = row[start + line - lines] as number;
  for (let line = same; line < lines; line++) row[start + line] = NO_FRAME;
  fillStack(chart, columns, column, columns.sample[column] as number, firstDepth + same);
  const spike = columns.spike[column] as number;
  if (spike >= 0) fillStack(chart, columns, column, spike, (columns.spikeAbove[column] as number) + 1);
}

/** The frames of a sample from a depth on, as far as they are in sight. */
function fillStack(
  { stacks, depths }: TimeChart,
  { window, row }: TimeColumns,
  column: number,
  sample: number,
  fromDepth: number,
): void {
  const { firstDepth, lines } = window;
  const lastDepth = Math.min(depths.of(sample), firstDepth + lines - 1);
  const from = Math.max(fromDepth, firstDepth);
  if (lastDepth < from) return;
  let at = callerAt(stacks, depths.leafOf(sample), lastDepth);
  for (let depth = lastDepth; depth >= from; depth--) {
    row[column * lines + depth - firstDepth] = at;
    at = stacks.parent[at] as number;
  }
}

/** The boxes of one line, as columns that are used again. */
export interface LineBoxes {
  length: number;
  /** In pixels of the window: the first inside, the first beyond. */
  left: Int32Array;
  right: Int32Array;
  /** The row of the stacks. */
  row: Uint32Array;
}

export function createLineBoxes(): LineBoxes {
  return { length: 0, left: new Int32Array(0), right: new Int32Array(0), row: new Uint32Array(0) };
}

/** Puts what the columns have in a line together to boxes, a box for each frame. */
export function findLineBoxes(columns: TimeColumns, line: number, boxes: LineBoxes): void {
  const { width, lines, firstDepth } = columns.window;
  if (boxes.left.length < width) {
    boxes.left = new Int32Array(width);
    boxes.right = new Int32Array(width);
    boxes.row = new Uint32Array(width);
  }
  const depth = firstDepth + line;
  let length = 0;
  for (let column = 0; column < width; column++) {
    const row = columns.row[column * lines + line] as number;
    if (row === NO_FRAME) continue;
    if ((columns.shared[column] as number) < depth) {
      boxes.left[length] = column;
      boxes.row[length++] = row;
    }
    if (length > 0) boxes.right[length - 1] = column + 1;
  }
  boxes.length = length;
}

/** The sample whose frame is drawn in a pixel; undefined where there is none. */
export function sampleInPixel(columns: TimeColumns, column: number, depth: number): number | undefined {
  const { window } = columns;
  if (column < 0 || column >= window.width) return undefined;
  if (depth <= (columns.depth[column] as number)) return columns.sample[column];
  const spike = columns.spike[column] as number;
  const isThere =
    spike >= 0 &&
    depth > (columns.spikeAbove[column] as number) &&
    depth <= (columns.spikeDepth[column] as number);
  return isThere ? spike : undefined;
}
