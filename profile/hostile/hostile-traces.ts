import { HOSTILE_NAMES, type HostileFile, jsonFile, TOO_DEEP, textFile } from './hostile-file.ts';

const thread = { pid: 1, tid: 2 };
const task = (name: unknown, ts: unknown, dur: unknown) => ({ ...thread, ph: 'X', name, ts, dur });
const frame = (functionName: string) => ({ functionName, url: functionName });
const samples = (nodes: unknown, list: unknown, timeDeltas: unknown) => ({
  ...thread,
  ph: 'P',
  name: 'ProfileChunk',
  id: '0x1',
  ts: 5,
  args: { data: { cpuProfile: { nodes, samples: list }, timeDeltas } },
});
const node = (id: unknown, parent: unknown, name = 'f') => ({ id, parent, callFrame: frame(name) });

export function hostileTraces(): readonly HostileFile[] {
  const named = Object.entries(HOSTILE_NAMES).map(([what, name]) =>
    jsonFile(`name-of-${what}.trace.json`, {
      traceEvents: [
        { ...thread, ph: 'M', name: 'thread_name', args: { name } },
        task(name, 0, 9),
        { ...task(name, 0, 9), tid: name },
      ],
    }),
  );
  const said = Object.entries({
    'nodes-in-a-circle': [samples([node(1, 2), node(2, 1)], [1], [1])],
    'node-below-itself': [samples([node(1, 1)], [1], [1])],
    'ids-twice': [samples([node(1, undefined), node(1, undefined)], [1], [1])],
    'parent-that-is-not-there': [samples([node(1, 7)], [1], [1])],
    'sample-that-is-not-there': [samples([node(1, undefined)], [9], [1])],
    'fewer-deltas-than-samples': [samples([node(1, undefined)], [1, 1], [1])],
    'samples-that-are-texts': [samples([node(1, undefined)], ['1'], [1])],
    'nodes-that-are-an-object': [samples({ 0: node(1, undefined) }, [1], [1])],
    'stack-of-samples-without-end': [
      samples(
        Array.from({ length: TOO_DEEP }, (_, index) => node(index + 1, index === 0 ? undefined : index)),
        [TOO_DEEP],
        [1],
      ),
    ],
    'time-that-is-missing': [{ ...thread, ph: 'X', name: 'a' }],
    'time-that-is-a-text': [task('a', '5', 1)],
    'duration-that-is-negative': [task('a', 5, -1)],
    'duration-without-end': [task('a', 5, 9e15), task('b', 6, 9e15)],
    'name-that-is-a-number': [task(7, 5, 1)],
    'events-that-are-null': [null, null],
    'events-within-events': [[task('a', 5, 1)]],
    'ends-without-beginnings': Array.from({ length: 1000 }, (_, ts) => ({ ...thread, ph: 'E', ts })),
    'beginnings-without-ends': Array.from({ length: TOO_DEEP }, (_, ts) => ({
      ...thread,
      ph: 'B',
      name: 'a',
      ts,
    })),
    'all-at-once': Array.from({ length: 5000 }, (_, index) => task(`f${index}`, 5, 5)),
    'twenty-thousand-threads': Array.from({ length: 20_000 }, (_, tid) => ({ ...task('a', 5, 1), tid })),
    'thousand-threads': Array.from({ length: 1000 }, (_, tid) => ({ ...task('a', 5, 1), tid })),
    'nothing-that-took-time': [{ ...thread, ph: 'i', name: 'a', ts: 5 }],
    'arguments-of-all-kinds': [{ ...task('a', 5, 1), args: [{ data: [1, { lines: {} }] }, null] }],
  }).map(([what, traceEvents]) => jsonFile(`${what}.trace.json`, { traceEvents }));
  return [
    ...named,
    ...said,
    textFile('time-beyond-doubles.trace.json', '[{"ph":"X","name":"a","ts":1e999,"dur":1}]'),
    textFile('list-that-does-not-end.trace.json', '[{"ph":"X","name":"a","ts":1,"dur":1},\n'),
    textFile('lists-twice.trace.json', '{"traceEvents":[],"traceEvents":[]}'),
    textFile('list-that-is-a-text.trace.json', '{"traceEvents":"none"}'),
  ];
}
