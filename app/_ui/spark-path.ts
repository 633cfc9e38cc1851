/** A stretch without news that is this short is the jitter of a second's tick, not a gap. */
const BRIDGED_SECONDS = 1;

/**
 * The line through the values and the area under it, as SVG path data. Starts at zero, so that the height of one line can
 * be compared with the next. NaN leaves a gap.
 *
 * @param least the smallest value that fills the height, so that noise stays flat
 */
export function sparkPath(
  values: ArrayLike<number>,
  least: number,
  width: number,
  height: number,
): { line: string; area: string } {
  let top = least;
  for (let i = 0; i < values.length; i++) top = Math.max(top, values[i] || 0);
  const step = width / Math.max(1, values.length - 1);
  const x = (index: number) => round(index * step);
  const y = (value: number) => round(height - 1 - (value / top) * (height - 2.5));
  let line = '';
  let area = '';
  let start = -1;
  let last = -1;
  const close = () => {
    if (start >= 0) area += `L${x(last)} ${height}L${x(start)} ${height}Z`;
    // A single second would be a line without length, which is not drawn.
    if (start >= 0 && start === last) line += 'h1';
    start = -1;
  };
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? Number.NaN;
    if (Number.isNaN(value)) continue;
    if (start >= 0 && i - last > BRIDGED_SECONDS + 1) close();
    const point = `${start < 0 ? 'M' : 'L'}${x(i)} ${y(value)}`;
    line += point;
    area += point;
    if (start < 0) start = i;
    last = i;
  }
  close();
  return { line, area };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
