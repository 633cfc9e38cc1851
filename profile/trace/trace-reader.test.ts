import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ProfileError, ProfileLimitError } from '../errors.ts';
import { LANE_STATE, type Lane, type Trace, type TraceLimits } from './trace.ts';
import { TraceReader } from './trace-reader.ts';

type Event = Record<string, unknown>;

const phase = (name: string, ts: number, dur: number, shortWaitsMicros = 0, tid = 1): Event => {
  return { name, cat: 'opscenter.loop', ph: 'X', pid: 1, tid, ts, dur, args: { shortWaitsMicros } };
};
const collection = (from: number, to: number, tid = 1): Event[] => [
  { name: 'MinorGC', cat: 'devtools.timeline,v8', ph: 'B', tid, ts: from, args: { usedHeapSizeBefore: 1 } },
  { name: 'MinorGC', cat: 'devtools.timeline,v8', ph: 'E', tid, ts: to, args: {} },
];
const threadName = (tid: number, name: string): Event => ({
  ph: 'M',
  name: 'thread_name',
  tid,
  args: { name },
});

function read(text: string, limits: Partial<TraceLimits> = {}, chunkBytes = 7): Trace {
  const bytes = new TextEncoder().encode(text);
  const reader = new TraceReader(limits);
  for (let from = 0; from < bytes.length; from += chunkBytes)
    reader.push(bytes.slice(from, from + chunkBytes));
  return reader.end();
}

const readEvents = (events: Event[], limits: Partial<TraceLimits> = {}) =>
  read(JSON.stringify({ metadata: { deep: [{ name: 1 }] }, traceEvents: events }), limits);

const letters = { [LANE_STATE.executing]: 'run', [LANE_STATE.waiting]: 'wait', [LANE_STATE.gc]: 'gc' };

const drawn = ({ length, startMicros, endMicros, state }: Lane) =>
  Array.from({ length }, (_, row) => {
    return `${letters[state[row] as 0 | 1 | 2]} ${startMicros[row]}–${endMicros[row]}`;
  });

describe('a lane', () => {
  test('has collections cut out of what they interrupted, and nothing counted twice', () => {
    const { lanes } = readEvents([
      threadName(1, 'main thread'),
      ...collection(30, 40),
      phase('executing', 0, 100, 5),
      phase('waiting', 100, 50),
      phase('executing', 150, 50),
      ...collection(140, 160),
    ]);
    expect(lanes.map(({ name }) => name)).toEqual(['main thread']);
    const [lane] = lanes;
    expect(lane && drawn(lane)).toEqual([
      'run 0–30',
      'gc 30–40',
      'run 40–100',
      'wait 100–140',
      'gc 140–150',
      'gc 150–160',
      'run 160–200',
    ]);
    expect(lane?.totals).toEqual({ executingMicros: 125, waitingMicros: 45, gcMicros: 30 });
  });

  test('is in the order of time, whatever the order in the file', () => {
    const { lanes } = readEvents([phase('waiting', 50, 50), phase('executing', 0, 50)]);
    expect(lanes[0] && drawn(lanes[0])).toEqual(['run 0–50', 'wait 50–100']);
  });

  test('counts a collection within another one once', () => {
    const [begin, end] = collection(10, 20) as [Event, Event];
    const major = { ...begin, name: 'MajorGC', ts: 5 };
    const { lanes } = readEvents([
      major,
      begin,
      end,
      { ...end, name: 'MajorGC', ts: 25 },
      phase('executing', 0, 50),
    ]);
    expect(lanes[0]?.totals.gcMicros).toBe(20);
  });

  test('without a name of its own bears that of the system', () => {
    expect(readEvents([phase('executing', 0, 1, 0, 77)]).lanes[0]?.name).toBe('thread 77');
  });

  test('is only of threads that were followed', () => {
    expect(readEvents([{ name: 'Task', cat: 'v8', ph: 'X', tid: 9, ts: 5, dur: 2 }]).lanes).toEqual([]);
  });

  test('never has more in its parts than time went by', () => {
    const interval = fc.tuple(fc.nat(1_000), fc.nat(100));
    fc.assert(
      fc.property(fc.array(interval), fc.array(interval), (phases, collections) => {
        const { lanes } = readEvents([
          ...phases.map(([ts, dur], index) => phase(index % 2 === 0 ? 'executing' : 'waiting', ts, dur)),
          ...collections.flatMap(([from, took]) => collection(from, from + took)),
        ]);
        for (const lane of lanes) {
          const { executingMicros, waitingMicros, gcMicros } = lane.totals;
          const whole = (lane.endMicros.at(-1) ?? 0) - (lane.startMicros[0] ?? 0);
          expect(executingMicros + waitingMicros + gcMicros).toBeLessThanOrEqual(whole);
          for (let row = 1; row < lane.length; row++) {
            expect(lane.startMicros[row]).toBeGreaterThanOrEqual(lane.endMicros[row - 1] as number);
          }
        }
      }),
    );
  });
});

describe('the longest spans', () => {
  test('are complete events and pairs of asynchronous ones, of one thread or of several', () => {
    const call = { name: 'pg:query', cat: 'opscenter.calls', id: '1.0', tid: 1 };
    const { longestSpans } = readEvents([
      threadName(1, 'main thread'),
      { ...call, ph: 'b', ts: 10 },
      { name: 'RunTimers', cat: 'node', ph: 'X', tid: 1, ts: 12, dur: 3 },
      { ...call, ph: 'e', ts: 30 },
      { ...call, ph: 'e', ts: 40 },
    ]);
    expect(longestSpans.map(({ name, durationMicros, thread }) => [name, durationMicros, thread])).toEqual([
      ['pg:query', 20, 'main thread'],
      ['RunTimers', 3, 'main thread'],
    ]);
  });

  test('are so many as asked for', () => {
    const events = Array.from({ length: 1_000 }, (_, index) => ({
      name: `span ${index}`,
      cat: 'v8',
      ph: 'X',
      tid: 1,
      ts: index,
      dur: (index * 7919) % 1_000,
    }));
    const { longestSpans } = readEvents(events, { maxSpans: 3 });
    expect(longestSpans.map(({ durationMicros }) => durationMicros)).toEqual([999, 998, 997]);
  });
});

describe('a file', () => {
  test('may be the bare list of events', () => {
    expect(read(JSON.stringify([phase('executing', 0, 10)])).lanes).toHaveLength(1);
  });

  test.each([
    ['{"traceEvents":[', 'at byte 16'],
    ['{"other":1}', 'traceEvents is missing'],
    ['{"traceEvents":{}}', 'traceEvents must not be an object'],
    ['{"traceEvents":[],"traceEvents":[]}', 'traceEvents is there twice'],
    ['{"traceEvents":[5]}', 'traceEvents[0] must not be a number'],
    ['{"traceEvents":[{"ph":"X","ts":"soon"}]}', 'traceEvents[0].ts must not be a text'],
    ['{"traceEvents":[{"ph":"X","ts":1},{"ph":"X"}]}', 'traceEvents[1].ts is missing'],
    ['{"traceEvents":[{"ph":"X","ts":1e300}]}', 'traceEvents[0].ts is out of range'],
  ])('like %s is refused with a sentence', (text, sentence) => {
    expect(() => read(text)).toThrow(ProfileError);
    expect(() => read(text)).toThrow(sentence);
  });

  test('may have arguments of any shape', () => {
    const args = [{ name: { a: [1, { name: 'x' }] } }, [1, [2]], 'text', 5, null, { name: null }];
    const events = args.map((value, ts) => ({
      name: 'n',
      cat: 'c',
      ph: 'X',
      tid: 1,
      ts,
      dur: 1,
      args: value,
    }));
    expect(readEvents(events).longestSpans).toHaveLength(args.length);
  });

  test('with more than is read is refused', () => {
    const events = [phase('executing', 0, 1), phase('waiting', 1, 1)];
    expect(() => readEvents(events, { maxEvents: 1 })).toThrow(ProfileLimitError);
    expect(() => readEvents(events, { maxRows: 1 })).toThrow(ProfileLimitError);
  });
});
