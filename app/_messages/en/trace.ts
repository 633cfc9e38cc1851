import type { Formats } from '../../_format/formats.ts';

const STATES = {
  executing: 'Executing',
  waiting: 'Waiting',
  gc: 'Collecting garbage',
  blocked: 'Blocked',
} as const;
const EVENTS = { one: 'event', other: 'events' };
const THREADS = { one: 'thread', other: 'threads' };
const MATCHES = { one: 'match', other: 'matches' };
const SPANS = { one: 'span', other: 'spans' };

interface Facts {
  name: string;
  thread: string;
  took: string;
  began: string;
  isUnfinished: boolean;
  isMoment: boolean;
}

/** When what happened in a process. */
export const trace = (f: Formats) => {
  const tookAt = ({ took, began, isUnfinished, isMoment }: Facts) =>
    isMoment ? `at ${began}` : `${isUnfinished ? 'more than ' : ''}${took}, from ${began}`;
  return {
    label: 'Trace',
    states: STATES,
    unnamed: '(without a name)',
    micros: (micros: number) => {
      if (micros < 1_000) return `${f.number(micros, micros < 10 ? 3 : micros < 100 ? 1 : 0)} µs`;
      return micros < 10_000 ? `${f.number(micros / 1_000, 2)} ms` : f.milliseconds(micros / 1_000);
    },
    /** A moment, to the microsecond and beyond where the clock is finer. */
    exactly: (micros: number) => `${f.number(micros / 1_000, 6)} ms`,
    /** A mark of the axis: as exact as the marks are apart. */
    mark: (micros: number, stepMicros: number) => {
      const [unit, size] = stepMicros >= 100_000 ? (['s', 1e6] as const) : (['ms', 1e3] as const);
      return `${f.number(micros / size, Math.min(9, Math.max(0, Math.ceil(-Math.log10(stepMicros / size)))))} ${unit}`;
    },
    sentence: (threads: number, span: string, events: number) =>
      `${f.count(threads, THREADS)} over ${span}, ${f.count(events, EVENTS)} in all.`,
    selected: (from: string, to: string, took: string) => `Selected: ${took}, from ${from} to ${to}.`,
    zoomToSelected: 'Zoom to it',
    selectNothing: 'Select nothing',
    undrawn: (count: number) =>
      `Not drawn, for they take no time, as counters do: ${f.count(count, EVENTS)}.`,
    argumentsLeftOut: (count: number) =>
      `Of ${f.count(count, SPANS)} the arguments are not kept: the trace says too much.`,
    empty: 'The trace has nothing that took time',
    emptyDetail: 'No thread was followed, and no event in it began and ended.',
    noLanes: 'No thread was followed',
    noLanesDetail: 'The trace has spans, but says of no thread when it executed and when it waited.',
    perfetto: 'The file opens in Perfetto and chrome://tracing as well.',

    threads: {
      title: 'Threads',
      caption: 'How long each thread executed, was blocked, collected garbage and waited',
      thread: 'Thread',
      gc: 'Garbage',
    },

    timeline: {
      label: 'Timeline of the threads',
      help: 'Left and right go from one to the next, up and down to other lines and threads. Shift with left or right selects, Space selects what is chosen, R what is seen, Escape nothing. Plus and minus zoom, Enter zooms to what is chosen, 0 shows all, Page Up and Page Down move. F folds a thread, N goes to the next match.',
      whole: 'Show all',
      zoomIn: 'Zoom in',
      zoomOut: 'Zoom out',
      statesLine: 'States',
      line: (number: number) => `Spans, line ${f.number(number)}`,
      fold: (thread: string) => `Spans of ${thread}`,
      tookAt,
      point: (facts: Facts) => `${facts.name}: ${tookAt(facts)}; ${facts.thread}`,
      narrow: (others: number) => `and ${f.number(others)} more that are too short to be drawn apart`,
      nothing:
        'Point at a lane, or walk through it with the arrow keys. Dragging moves, Ctrl with the wheel zooms; dragging on the axis, or with Shift, selects.',
    },

    keys: {
      title: 'In the timeline of a trace',
      along: 'To the one before or after',
      across: 'To the line or thread above or below',
      extend: 'Select as far as the next one',
      select: 'Select the time of what is chosen; what is seen',
      zoomHere: 'Zoom to what is chosen',
      zoom: 'Zoom in, out; show all',
      pan: 'Move',
      fold: 'Fold the spans of the thread away',
      clear: 'Select nothing, then show all',
    },

    legend: {
      call: 'Calls and requests, which overlap',
      merged: 'Several, too short to be drawn apart',
      blocked:
        'Blocked is what is known for sure: asleep in a call such as Atomics.wait or spawnSync for 10 ms or longer, which agents see on Linux, and synchronous file operations where their category was traced. Shorter ones count as executing.',
    },

    search: {
      label: 'Search spans',
      matches: (count: number, position: number) =>
        position > 0 ? `${f.number(position)} of ${f.count(count, MATCHES)}` : f.count(count, MATCHES),
    },

    details: {
      title: 'What was chosen',
      zoom: 'Zoom to it',
      select: 'Select its time',
      unfinished: 'It had not ended when the trace did.',
    },

    cpu: {
      failed: 'The calls could not be shown; the CPU profile’s own page may still show them.',
      title: 'CPU samples',
      titleSelected: 'CPU samples of the selected time',
      own: 'Sampled in the trace',
      choose: 'CPU profile',
      looking: 'Looking for CPU profiles of the same time…',
      none: 'No CPU profile of this instance was recorded at the same time, so nobody knows what was on the stack.',
      wakes:
        'A CPU profile was begun while this was traced. Its samples wake the thread about a thousand times a second, and libuv then loses count of its waits: the lane shows most of them as executing. The CPU profile tells them as idle.',
      covered: (fromMicros: number, toMicros: number) =>
        `The samples reach from ${f.number(fromMicros / 1_000, 3)} to ${f.number(toMicros / 1_000, 3)} ms of the trace, by the clock of the process.`,
      notThen: (fromMicros: number, toMicros: number) =>
        `Nothing was sampled in the selected time: the CPU profile reaches from ${f.number(fromMicros / 1_000, 3)} to ${f.number(toMicros / 1_000, 3)} ms of the trace.`,
      notAtOnce:
        'By the clock of the process, the CPU profile had ended before the trace began, or began after it.',
      withoutTimes: 'The profile does not say when its samples were taken.',
      open: 'Open the CPU profile at this time',
      idle: 'In this time the thread was idle whenever it was looked at.',
      includeIdle: 'Show idle time',
      takeBoth: (seconds: string) => `Take a trace and a CPU profile together, ${seconds}`,
      takeBothPause: (pause: string) =>
        `The CPU profile stops the main thread for about ${pause} when it begins.`,
    },

    names: {
      title: 'Spans by name',
      titleSelected: 'Spans by name, in the selected time',
      caption: 'How often there was a span of each name, and how long they took',
      name: 'Span',
      category: 'Category',
      count: 'Count',
      total: 'Total',
      mean: 'Mean',
      longest: 'Longest',
      find: (name: string) => `Search ${name}`,
      none: 'There are no such spans.',
      noneAtAll:
        'The trace has no spans: nothing of the categories that were traced began and ended. More can be chosen when a trace is taken.',
    },

    spans: {
      title: 'What took longest',
      titleSelected: 'What took longest, in the selected time',
      caption: 'The longest spans',
      name: 'Span',
      category: 'Category',
      thread: 'Thread',
      at: 'At',
      took: 'Took',
      show: (name: string) => `Show ${name} in the timeline`,
      none: 'There are no such spans that took time.',
    },
  };
};
