import { ProfileLimitError } from '../errors.ts';
import { FreeLines } from './free-lines.ts';
import { sortRows } from './sort-rows.ts';
import type { SpanList } from './span-list.ts';
import { SPAN_FLAG, type SpanTable } from './trace.ts';

/**
 * Gives each span the line it is drawn in: nested ones by how many are around them, calls the uppermost line that is free.
 * In a line of what is nested no two overlap, even where a file says that a span ended later than the one around it.
 *
 * @throws {ProfileLimitError} when more lines would be needed
 */
export function toSpanTable(spans: SpanList, maxLines: number): SpanTable {
  const rows = toOrder(spans);
  const line = new Uint32Array(spans.length);
  const nestedLines = nest(spans, rows, line);
  const lines = placeCalls(spans, rows, line, nestedLines);
  if (lines > maxLines) throw new ProfileLimitError('spans at one moment of a thread', maxLines);
  return toColumns(spans, rows, line, lines, nestedLines);
}

/** By begin; of those that begin together the longest first, for it is around the others. */
function toOrder({ length, start, end }: SpanList): Uint32Array {
  const rows = Uint32Array.from({ length }, (_, row) => row);
  return sortRows(rows, (a, b) => {
    const difference = (start[a] as number) - (start[b] as number);
    return difference < 0 || (difference === 0 && (end[a] as number) > (end[b] as number));
  });
}

function nest({ start, end, flags }: SpanList, rows: Uint32Array, line: Uint32Array): number {
  const open: number[] = [];
  let lines = 0;
  for (const row of rows) {
    if (((flags[row] as number) & SPAN_FLAG.call) !== 0) continue;
    while (open.length > 0 && (open.at(-1) as number) <= (start[row] as number)) open.pop();
    line[row] = open.length;
    open.push(end[row] as number);
    lines = Math.max(lines, open.length);
  }
  return lines;
}

function placeCalls(
  { start, end, flags }: SpanList,
  rows: Uint32Array,
  line: Uint32Array,
  firstLine: number,
): number {
  const free = new FreeLines();
  for (const row of rows) {
    if (((flags[row] as number) & SPAN_FLAG.call) === 0) continue;
    line[row] = firstLine + free.take(start[row] as number, end[row] as number);
  }
  return firstLine + free.count;
}

/** Counted and laid out line by line; within a line the order of time stays. */
function toColumns(
  spans: SpanList,
  rows: Uint32Array,
  line: Uint32Array,
  lines: number,
  nestedLines: number,
): SpanTable {
  const lineStart = new Uint32Array(lines + 1);
  for (const row of rows) bump(lineStart, (line[row] as number) + 1);
  for (let at = 1; at <= lines; at++) bump(lineStart, at, lineStart[at - 1] as number);
  const next = lineStart.slice();
  const { length } = spans;
  const table = {
    length,
    lineStart,
    nestedLines,
    startMicros: new Float64Array(length),
    endMicros: new Float64Array(length),
    name: new Uint32Array(length),
    category: new Uint32Array(length),
    arguments: new Int32Array(length),
    flags: new Uint8Array(length),
  };
  for (const row of rows) {
    const at = next[line[row] as number] as number;
    bump(next, line[row] as number);
    table.startMicros[at] = spans.start[row] as number;
    table.endMicros[at] = spans.end[row] as number;
    table.name[at] = spans.name[row] as number;
    table.category[at] = spans.category[row] as number;
    table.arguments[at] = spans.arguments[row] as number;
    table.flags[at] = spans.flags[row] as number;
  }
  return table;
}

function bump(column: Uint32Array, at: number, by = 1): void {
  column[at] = (column[at] as number) + by;
}
