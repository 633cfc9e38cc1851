import type { Formats } from '../../_format/formats.ts';

const STATES = { executing: 'Executing', waiting: 'Waiting', gc: 'Collecting garbage' } as const;
const EVENTS = { one: 'event', other: 'events' };
const THREADS = { one: 'thread', other: 'threads' };

/** When what happened in a process. */
export const trace = (f: Formats) => ({
  label: 'Trace',
  states: STATES,
  micros: (micros: number) => {
    if (micros < 1_000) return `${f.number(micros, 0)} µs`;
    return micros < 10_000 ? `${f.number(micros / 1_000, 2)} ms` : f.milliseconds(micros / 1_000);
  },
  /** A mark of the axis: as exact as the marks are apart. */
  mark: (micros: number, stepMicros: number) => {
    const [unit, size] = stepMicros >= 100_000 ? (['s', 1e6] as const) : (['ms', 1e3] as const);
    return `${f.number(micros / size, Math.max(0, Math.ceil(-Math.log10(stepMicros / size))))} ${unit}`;
  },
  sentence: (threads: number, span: string, events: number) =>
    `${f.count(threads, THREADS)} over ${span}, ${f.count(events, EVENTS)} in all.`,
  noLanes: 'No thread was followed',
  noLanesDetail:
    'The trace has events, but says of no thread when it executed and when it waited. Open it in Perfetto to see them.',
  perfetto: 'Download it and open it in Perfetto or chrome://tracing to see every event.',

  threads: {
    title: 'Threads',
    caption: 'How long each thread executed, waited and collected garbage',
    thread: 'Thread',
    gc: 'Garbage',
  },

  timeline: {
    label: 'Timeline of the threads',
    help: 'Arrow keys go from phase to phase and from thread to thread, Page Up and Page Down move, plus and minus zoom, 0 shows all. Ctrl with the wheel zooms, dragging moves.',
    whole: 'Show all',
    zoomIn: 'Zoom in',
    zoomOut: 'Zoom out',
    shown: (from: string, to: string) => `${from} – ${to}`,
    point: (thread: string, state: string, took: string, at: string) =>
      `${thread}: ${state.toLowerCase()} for ${took} at ${at}`,
    nothing: 'Point at a lane, or walk through it with the arrow keys.',
  },

  spans: {
    title: 'What took longest',
    caption: 'The longest events of the trace',
    name: 'Event',
    category: 'Category',
    thread: 'Thread',
    at: 'At',
    took: 'Took',
    filter: 'Filter by event, category or thread',
    show: (name: string) => `Show ${name} in the timeline`,
    none: 'The trace has no event that took time.',
    noMatch: 'No event matches the filter.',
  },
});
