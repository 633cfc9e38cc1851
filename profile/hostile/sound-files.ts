import { heapProfileFromText } from '../text/heap-profile-from-text.ts';
import { pprofFromText } from '../text/pprof-from-text.ts';
import { cpuProfileFromText } from '../text/profile-from-text.ts';
import { type HostileFile, jsonFile, textFile } from './hostile-file.ts';

/** A small file of each format with nothing wrong in it: what is damaged to see what comes of it. */
export function soundFiles(): readonly HostileFile[] {
  const cpu = cpuProfileFromText(`
    main  main   main  (idle)
    parse parse  draw
    read`);
  const heap = heapProfileFromText('main\n  join 100\n    Player 4000 x3\n  parse 50');
  const frames = [{ name: 'main', file: 'app.js', line: 3 }, { name: 'größe' }];
  const at = (type: string, frame: number, time: number) => ({ type, frame, at: time });
  const head = { unit: 'microseconds', startValue: 0, endValue: 9 };
  const profiles = [
    {
      ...head,
      type: 'evented',
      name: 'a',
      events: [at('O', 0, 1), at('O', 1, 2), at('C', 1, 3), at('C', 0, 9)],
    },
    { ...head, type: 'sampled', name: 'b', samples: [[0, 1], [0]], weights: [3, 4] },
  ];
  const callFrame = (functionName: string) => ({
    functionName,
    url: 'app.js',
    scriptId: '1',
    lineNumber: 3,
    columnNumber: 4,
  });
  const event = { pid: 1, tid: 2, cat: 'x' };
  const nodes = [
    { id: 1, callFrame: callFrame('(root)') },
    { id: 2, parent: 1, callFrame: callFrame('main') },
  ];
  const data = { cpuProfile: { nodes, samples: [2, 2, 1] }, timeDeltas: [5, 6, 7], lines: [1, 2, 3] };
  return [
    jsonFile('sound.cpuprofile', cpu),
    jsonFile('sound.heapprofile', heap),
    {
      name: 'sound.pb',
      bytes: pprofFromText(
        'contentions/count delay/nanoseconds\nmain;query@db.js:4 3 1200 type=network tries=2\nmain 1 9',
      ),
    },
    textFile('sound.folded', 'main;parse (a.js:3);größe 12\nmain;draw 3\nmain 1\n'),
    jsonFile('sound.speedscope.json', { shared: { frames }, profiles }),
    jsonFile('sound-samples.trace.json', {
      traceEvents: [
        { ...event, ph: 'M', name: 'thread_name', args: { name: 'Main' } },
        { ...event, ph: 'P', name: 'Profile', id: '0x1', ts: 1, args: { data: { startTime: 1 } } },
        { ...event, ph: 'P', name: 'ProfileChunk', id: '0x1', ts: 9, args: { data } },
      ],
    }),
    jsonFile('sound-durations.trace.json', [
      { ...event, ph: 'X', name: 'task', ts: 5, dur: 50 },
      { ...event, ph: 'B', name: 'größe', ts: 10 },
      { ...event, ph: 'E', ts: 20 },
    ]),
  ];
}
