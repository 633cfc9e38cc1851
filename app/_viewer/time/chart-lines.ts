import { LINE_HEIGHT } from '../flame/painter.ts';

/** Which depth is drawn in which line. The root, which is always there, has none: depth 1 is the first. */
export interface ChartLines {
  readonly maxDepth: number;
  readonly rootBelow: boolean;
}

/** The top of a depth's line in the scrolled content, in CSS pixels. */
export function topOfDepth({ maxDepth, rootBelow }: ChartLines, depth: number): number {
  return (rootBelow ? maxDepth - depth : depth - 1) * LINE_HEIGHT;
}

/** Depths beyond the picture where the point is beyond it. */
export function depthAtY({ maxDepth, rootBelow }: ChartLines, contentY: number): number {
  const line = Math.floor(contentY / LINE_HEIGHT);
  return rootBelow ? maxDepth - line : line + 1;
}

export function contentHeight(maxDepth: number): number {
  return Math.max(1, maxDepth) * LINE_HEIGHT;
}

/** The depths of which something is in sight. */
export function depthsSeen(
  lines: ChartLines,
  scrollTop: number,
  height: number,
): { first: number; count: number } {
  const one = depthAtY(lines, scrollTop);
  const other = depthAtY(lines, scrollTop + Math.max(0, height - 1));
  const first = Math.max(1, Math.min(one, other));
  const last = Math.min(lines.maxDepth, Math.max(one, other));
  return { first, count: Math.max(0, last - first + 1) };
}
