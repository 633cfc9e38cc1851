import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ProfileError, ProfileLimitError } from '../errors.ts';
import { readArguments } from './argument-texts.ts';
import { type Lane, SPAN_FLAG, type Trace, type TraceLimits } from './trace.ts';
import { TraceReader } from './trace-reader.ts';

type Event = Record<string, unknown>;

const phase = (name: string, ts: number, dur: number, shortWaitsMicros = 0, tid = 1): Event => {
  return { name, cat: 'opscenter.loop', ph: 'X', tid, ts, dur, args: { shortWaitsMicros } };
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

const letters = ['run', 'wait', 'gc', 'blocked'];

const drawn = ({ length, startMicros, endMicros, state }: Lane) =>
  Array.from({ length }, (_, row) => {
    return `${letters[state[row] as number]} ${startMicros[row]}–${endMicros[row]}`;
  });

/** Line by line, of all lanes. */
const linesOf = ({ lanes, strings }: Trace) =>
  lanes.flatMap(({ spans }) =>
    Array.from({ length: spans.lineStart.length - 1 }, (_, line) => {
      const rows = Array.from(
        { length: (spans.lineStart[line + 1] as number) - (spans.lineStart[line] as number) },
        (_, at) => (spans.lineStart[line] as number) + at,
      );
      return rows
        .map(
          (row) => `${strings[spans.name[row] as number]} ${spans.startMicros[row]}–${spans.endMicros[row]}`,
        )
        .join(', ');
    }),
  );

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
    expect(lane?.totals).toEqual({ executingMicros: 125, waitingMicros: 45, gcMicros: 30, blockedMicros: 0 });
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

  test('without phases is of a thread that was not followed, and stands behind those that were', () => {
    const { lanes } = readEvents([
      { name: 'Task', cat: 'v8', ph: 'X', tid: 9, ts: 5, dur: 2 },
      phase('executing', 0, 10),
    ]);
    expect(lanes.map(({ tid, length }) => [tid, length])).toEqual([
      [1, 1],
      [9, 0],
    ]);
  });

  test('is blocked in synchronous file operations and where the agent says so, but only of what it executed', () => {
    const read = { name: 'fs.sync.read', cat: 'node,node.fs,node.fs.sync', tid: 1 };
    const { lanes } = readEvents([
      phase('executing', 0, 100),
      phase('waiting', 100, 50),
      phase('blocked', 60, 20),
      { ...read, ph: 'B', ts: 10 },
      { ...read, ph: 'E', ts: 30 },
      { ...read, ph: 'B', ts: 120 },
      { ...read, ph: 'E', ts: 130 },
      ...collection(20, 25),
    ]);
    expect(lanes[0] && drawn(lanes[0])).toEqual([
      'run 0–10',
      'blocked 10–20',
      'gc 20–25',
      'blocked 25–30',
      'run 30–60',
      'blocked 60–80',
      'run 80–100',
      'wait 100–150',
    ]);
    expect(lanes[0]?.totals.blockedMicros).toBe(35);
  });

  test('has threads of the same number in two processes apart', () => {
    const task = { name: 'Task', cat: 'v8', ph: 'X', ts: 5, dur: 2, tid: 1 };
    const { lanes } = readEvents([
      { ph: 'M', name: 'process_name', pid: 7, tid: 0, args: { name: 'gate' } },
      { ...task, pid: 7 },
      { ...task, pid: 8 },
    ]);
    expect(lanes.map(({ name }) => name)).toEqual(['gate: thread 1', 'process 8: thread 1']);
  });

  test('never has more in its parts than time went by', () => {
    const interval = fc.tuple(fc.nat(1_000), fc.nat(100));
    fc.assert(
      fc.property(
        fc.array(interval),
        fc.array(interval),
        fc.array(interval),
        (phases, collections, blocks) => {
          const { lanes } = readEvents([
            ...phases.map(([ts, dur], index) => phase(index % 2 === 0 ? 'executing' : 'waiting', ts, dur)),
            ...collections.map(([ts, dur]) => ({ name: 'MajorGC', cat: 'v8', ph: 'X', tid: 1, ts, dur })),
            ...blocks.map(([ts, dur]) => phase('blocked', ts, dur)),
          ]);
          for (const lane of lanes) {
            const { executingMicros, waitingMicros, gcMicros, blockedMicros } = lane.totals;
            const covered = lane.endMicros.reduce(
              (sum, end, row) => sum + end - (lane.startMicros[row] as number),
              0,
            );
            expect(executingMicros + waitingMicros + gcMicros + blockedMicros).toBe(covered);
            for (let row = 1; row < lane.length; row++) {
              expect(lane.startMicros[row]).toBeGreaterThanOrEqual(lane.endMicros[row - 1] as number);
            }
          }
        },
      ),
    );
  });
});

describe('spans', () => {
  test('of a thread stand in the line below what they are within, calls in lines of their own', () => {
    const call = { name: 'pg:query', cat: 'opscenter.calls', tid: 1 };
    const trace = readEvents([
      { ...call, id: '1.0', ph: 'b', ts: 10 },
      { ...call, id: '1.1', ph: 'b', ts: 15 },
      { name: 'inner', cat: 'c', ph: 'X', tid: 1, ts: 12, dur: 3 },
      { name: 'outer', cat: 'c', ph: 'X', tid: 1, ts: 11, dur: 9 },
      { ...call, id: '1.0', ph: 'e', ts: 30 },
      { ...call, id: '1.1', ph: 'e', ts: 40 },
      { ...call, id: '1.1', ph: 'e', ts: 50 },
      { name: 'mark', cat: 'c', ph: 'I', tid: 1, ts: 13 },
      { name: 'number', cat: 'c', ph: 'C', tid: 1, ts: 13, args: { n: 5 } },
    ]);
    expect(linesOf(trace)).toEqual([
      'outer 11–20',
      'inner 12–15',
      'mark 13–13',
      'pg:query 10–30',
      'pg:query 15–40',
    ]);
    expect(trace.lanes[0]?.spans.nestedLines).toBe(3);
    expect([trace.eventCount, trace.spanCount, trace.undrawnCount]).toEqual([9, 5, 2]);
  });

  test('that have not ended last until the trace ends, and say so', () => {
    const trace = readEvents([
      { name: 'open', cat: 'c', ph: 'B', tid: 1, ts: 10 },
      { name: 'call', cat: 'c', ph: 'b', id: 5, tid: 1, ts: 12 },
      { name: 'last', cat: 'c', ph: 'I', tid: 1, ts: 90 },
    ]);
    expect(linesOf(trace)).toEqual(['open 10–90, last 90–90', 'call 12–90']);
    expect([...(trace.lanes[0]?.spans.flags ?? [])]).toEqual([
      SPAN_FLAG.unfinished,
      SPAN_FLAG.instant,
      SPAN_FLAG.call | SPAN_FLAG.unfinished,
    ]);
  });

  test('never overlap in a line, lie within the one above, and none is lost', () => {
    const event = fc.record({
      ph: fc.constantFrom('X', 'b', 'I'),
      ts: fc.integer({ min: 0, max: 200 }),
      dur: fc.integer({ min: 0, max: 60 }),
    });
    fc.assert(
      fc.property(fc.array(event), (events) => {
        const trace = readEvents(
          events.flatMap(({ ph, ts, dur }, id) => {
            const one = { name: `s${id}`, cat: 'c', tid: 1, ts, id, ph };
            if (ph === 'b') return [one, { ...one, ph: 'e', ts: ts + dur }];
            return [ph === 'X' ? { ...one, dur } : one];
          }),
        );
        const spans = trace.lanes[0]?.spans;
        const seen: string[] = [];
        for (let line = 0; spans && line + 1 < spans.lineStart.length; line++) {
          for (
            let row = spans.lineStart[line] as number;
            row < (spans.lineStart[line + 1] as number);
            row++
          ) {
            const [start, end] = [spans.startMicros[row] as number, spans.endMicros[row] as number];
            seen.push(`${trace.strings[spans.name[row] as number]} ${start}–${end}`);
            if (row > (spans.lineStart[line] as number))
              expect(start).toBeGreaterThanOrEqual(spans.endMicros[row - 1] as number);
          }
        }
        const expected = events.map(({ ph, ts, dur }, id) => `s${id} ${ts}–${ph === 'I' ? ts : ts + dur}`);
        expect(seen.toSorted()).toEqual(expected.toSorted());
      }),
    );
  });

  test('of more than so many lines or rows are refused', () => {
    const nested = Array.from({ length: 5 }, (_, ts) => ({
      name: 'n',
      cat: 'c',
      ph: 'X',
      tid: 1,
      ts,
      dur: 50,
    }));
    expect(() => readEvents(nested, { maxLines: 4 })).toThrow(ProfileLimitError);
    expect(() => readEvents(nested, { maxSpans: 4 })).toThrow(ProfileLimitError);
  });
});

describe('arguments', () => {
  const span = { name: 'n', cat: 'c', ph: 'X', tid: 1, ts: 1, dur: 1 };
  const ofFirst = (trace: Trace) => readArguments(trace.arguments, trace.lanes[0]?.spans.arguments[0] ?? -1);

  test('are kept as keys with values, with the keys around what is nested', () => {
    const args = { data: { url: '/login', list: [1, { a: true }] }, n: 0.5, nothing: null, name: 'x' };
    expect(ofFirst(readEvents([{ ...span, args }]))).toEqual([
      ['data.url', '/login'],
      ['data.list[0]', '1'],
      ['data.list[1].a', 'true'],
      ['n', '0.5'],
      ['name', 'x'],
    ]);
  });

  test('come from the end of a span where its begin has none', () => {
    const trace = readEvents([
      { ...span, ph: 'B' },
      { ...span, ph: 'E', ts: 5, args: { used: 3 } },
    ]);
    expect(ofFirst(trace)).toEqual([['used', '3']]);
  });

  test('that are equal are kept once, and what is too much is left out and counted', () => {
    const events = ['a', 'a', 'bbbbbbbb'].map((text, ts) => ({ ...span, ts, args: { text } }));
    const trace = readEvents(events, { maxArgumentBytes: 14 });
    expect([...(trace.lanes[0]?.spans.arguments ?? [])]).toEqual([0, 0, -1]);
    expect(trace.arguments.leftOutCount).toBe(1);
  });

  test('of any length are cut off with a mark', () => {
    const args = { a: 'x'.repeat(3_000), b: 'y'.repeat(3_000), c: 1 };
    const kept = ofFirst(readEvents([{ ...span, args }]));
    expect(kept.map(([key]) => key)).toEqual(['a', '…']);
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
    expect(readEvents(events).spanCount).toBe(args.length);
  });

  test('with more than is read is refused', () => {
    const events = [phase('executing', 0, 1), phase('waiting', 1, 1)];
    expect(() => readEvents(events, { maxEvents: 1 })).toThrow(ProfileLimitError);
    expect(() => readEvents(events, { maxRows: 1 })).toThrow(ProfileLimitError);
  });

  test('of anything at all is read or refused with a sentence, never anything else', () => {
    const number = fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }));
    const event = fc.record(
      {
        ph: fc.constantFrom('X', 'B', 'E', 'b', 'e', 'S', 'F', 'n', 'i', 'M', 'C', 'P', ''),
        name: fc.constantFrom('a', 'MajorGC', 'executing', 'blocked', 'thread_name', 'process_name'),
        cat: fc.constantFrom('opscenter.loop', 'node.fs.sync', 'v8'),
        ts: number,
        dur: number,
        pid: fc.nat(2),
        tid: fc.oneof(fc.nat(3), number),
        id: fc.oneof(fc.nat(3), fc.string()),
        id2: fc.dictionary(fc.string(), fc.string()),
        args: fc.jsonValue(),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(
        fc.array(fc.oneof({ weight: 9, arbitrary: event }, { weight: 1, arbitrary: fc.jsonValue() })),
        (events) => {
          try {
            const { lanes, arguments: said } = read(JSON.stringify(events), {}, 50);
            for (const { spans } of lanes)
              for (const row of spans.arguments) expect(Array.isArray(readArguments(said, row))).toBe(true);
          } catch (error) {
            if (!(error instanceof ProfileError)) throw error;
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});
