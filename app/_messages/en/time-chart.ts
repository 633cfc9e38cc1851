import type { Formats } from '../../_format/formats.ts';

const CALLS = { one: 'call', other: 'calls' };

/** What was on the stack when. */
export const timeChart = (f: Formats) => {
  /** A length of time, or a point counted from the beginning, to four or five figures. */
  const time = (micros: number) => {
    const size = Math.abs(micros);
    if (size >= 1e6) return `${f.number(micros / 1e6, size >= 1e8 ? 1 : 3)}\u00a0s`;
    if (size >= 1e3) return `${f.number(micros / 1e3, size >= 1e5 ? 1 : 2)}\u00a0ms`;
    return `${f.number(micros, size >= 100 ? 0 : 1)}\u00a0µs`;
  };
  /** A point of time as exact as a span that it belongs to. */
  const point = (micros: number, spanMicros: number) => {
    const [unit, size] = spanMicros >= 1e6 ? ['s', 1e6] : ['ms', 1e3];
    const digits = Math.ceil(-Math.log10(Math.max(spanMicros, 1e-3) / Number(size))) + 3;
    return `${f.number(micros / Number(size), Math.min(6, Math.max(0, digits)))}\u00a0${unit}`;
  };
  const span = (from: number, to: number) => `${point(from, to - from)} – ${point(to, to - from)}`;
  return {
    time,
    point,
    span,
    /** A mark of the axis: as exact as the marks are apart. */
    mark: (micros: number, stepMicros: number) => {
      const [unit, size] =
        stepMicros >= 1e5
          ? (['s', 1e6] as const)
          : micros < 1e4 && stepMicros < 100
            ? (['µs', 1] as const)
            : (['ms', 1e3] as const);
      return `${f.number(micros / size, Math.max(0, Math.ceil(-Math.log10(stepMicros / size) - 1e-9)))}\u00a0${unit}`;
    },
    label: 'Calls over time',
    seen: (range: string, length: string) => `${range} (${length})`,
    showAll: 'Show everything',
    only: 'Only this time',
    onlyTitle: 'Flame graph, functions and totals of the time in sight alone',
    longest: 'Longest call',
    longestTitle: 'Go to the longest call of the function that is selected',
    noCanvas: 'This browser cannot draw it: it has no canvas for workers',
    noTimeline: 'This profile does not say when its samples were taken',
    start: 'starts',
    took: 'took',
    self: 'self',
    beside: (count: number) =>
      `and ${f.count(count, CALLS)} beside it, too narrow to draw; zoom in to see them`,
    hint: 'Point at a box, or move with the arrow keys. A double click zooms to a call, Ctrl with the wheel zooms, dragging moves.',
    touchHint: 'Tap chooses a call. One finger moves, two zoom.',
    tree: {
      hint: 'Left and right arrows go from call to call in the order of time, up and down to the caller and to what was called first. Page Up and Page Down move, plus and minus zoom, Enter zooms to the call, Escape shows everything, n and N go through matches.',
      whole: (length: string) => `The whole recording, ${length}`,
      item: (name: string, start: string, took: string, place: string) =>
        `${name}, at ${start}, took ${took}${place === '' ? '' : `, ${place}`}`,
    },
    overview: {
      label: 'The whole recording',
      hint: 'Drag to choose a time; all views are then about it alone.',
      from: 'Beginning of the time chosen',
      to: 'End of the time chosen',
      chosen: (range: string) => `Only ${range}`,
      clear: (range: string) => `Only ${range}. Show the whole recording again`,
    },
  };
};
