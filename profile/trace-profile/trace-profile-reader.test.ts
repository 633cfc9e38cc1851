import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toCallTree } from '../call-tree/call-tree.ts';
import { ProfileError } from '../errors.ts';
import type { ProfileLimits } from '../model/profile.ts';
import { chooseProfile, type ProfileSet } from '../model/profile-set.ts';
import { formatCallTree } from '../text/format-call-tree.ts';
import { callFrameFromText } from '../text/frame-from-text.ts';
import { readWith } from '../text/read-profile.ts';
import { TraceProfileReader } from './trace-profile-reader.ts';

type Event = Record<string, unknown>;

function read(
  events: readonly Event[] | string,
  cuts: readonly number[] = [],
  limits: Partial<ProfileLimits> = {},
): ProfileSet {
  const file = typeof events === 'string' ? events : JSON.stringify({ traceEvents: events });
  return readWith(new TraceProfileReader(limits), file, cuts);
}

function treeOf(events: readonly Event[], name?: string, includeIdle = false): string[] {
  const { profile } = chooseProfile(read(events), name);
  return formatCallTree(profile, toCallTree(profile, { includeIdle }));
}

function failure(events: readonly Event[] | string, limits: Partial<ProfileLimits> = {}): string {
  try {
    read(events, [], limits);
  } catch (error) {
    if (error instanceof ProfileError) return error.message;
    throw error;
  }
  throw new Error('the file was accepted');
}

const namesOf = (set: ProfileSet) => set.profiles.map(({ name }) => name);

const threadName = (name: string, tid: number): Event => ({
  args: { name },
  ph: 'M',
  name: 'thread_name',
  pid: 1,
  tid,
  ts: 0,
});
const complete = (name: string, ts: number, dur: number, tid: number | string = 2): Event => ({
  args: { data: { lines: ['not', { of: 'samples' }] }, name: [1] },
  ph: 'X',
  name,
  pid: 1,
  tid,
  ts,
  dur,
});
const begin = (name: string, ts: number): Event => ({ ph: 'B', name, pid: 1, tid: 2, ts });
const end = (ts: number): Event => ({ ph: 'E', pid: 1, tid: 2, ts });

const startOf = (id: string, tid: number, startTime = 1000): Event => ({
  args: { data: { startTime } },
  ph: 'P',
  name: 'Profile',
  id,
  pid: 1,
  tid,
  ts: startTime,
});
/** Nodes as `id:parent:name`; samples as `node+delta`, with `@line`. */
function chunk(id: string, ts: number, nodes: string, samples: string, more: object = {}): Event {
  const words = (text: string) => text.split(' ').filter((word) => word !== '');
  const taken = words(samples).map((word) => word.split(/[+@]/).map(Number));
  return {
    args: {
      data: {
        cpuProfile: {
          nodes: words(nodes).map((word) => {
            const [node, parent, name = ''] = word.split(':');
            const callFrame = callFrameFromText(name);
            return { callFrame, id: Number(node), ...(parent === '' ? {} : { parent: Number(parent) }) };
          }),
          samples: taken.map(([node]) => node),
        },
        timeDeltas: taken.map(([, delta]) => delta),
        ...(samples.includes('@') ? { lines: taken.map(([, , line]) => line) } : {}),
        ...more,
      },
    },
    ph: 'P',
    name: 'ProfileChunk',
    id,
    pid: 1,
    tid: 99,
    ts,
  };
}

describe('the samples in a trace', () => {
  const events = [
    threadName('Main', 2),
    complete('RunTask', 900, 5000),
    startOf('0x1', 2),
    chunk('0x1', 1100, '1::(root) 2:1:main 3:2:parse', '2+100@5 3+1000@8'),
    chunk('0x1', 3100, '4:3:read', '4+1000 4+1000', { endTime: 5100 }),
  ];

  test('are those of all chunks, each of which brings the nodes that are new', () => {
    expect(treeOf(events)).toEqual([
      '(root) (total: 4, self: 0)',
      '  main (total: 4, self: 1)',
      '    parse (total: 3, self: 1)',
      '      read (total: 2, self: 2)',
    ]);
  });

  test('are those of the thread that was sampled, not of the one that writes chunks', () => {
    expect(namesOf(read(events))).toEqual(['Main (1/2)']);
  });

  test('have times and lines', () => {
    const { profile } = chooseProfile(read(events));
    expect(profile.timeline).toEqual({ startMicros: 1000, firstSampleMicros: 1100, endMicros: 5100 });
    expect([...(profile.samples.line ?? [])]).toEqual([5, 8, 0, 0]);
  });

  test('are put in the order of time when their chunks are not', () => {
    const [name = {}, task = {}, start = {}, first = {}, second = {}] = events;
    const ordered = chooseProfile(read(events)).profile;
    const mixed = chooseProfile(read([second, first, task, start, name])).profile;
    expect(mixed.timeline).toEqual(ordered.timeline);
    expect([...(mixed.samples.line ?? [])]).toEqual([5, 8, 0, 0]);
    expect(formatCallTree(mixed, toCallTree(mixed))).toEqual(formatCallTree(ordered, toCallTree(ordered)));
  });

  test('of several threads are several profiles, of which the busiest is shown first', () => {
    const set = read([
      threadName('Worker', 7),
      startOf('0x1', 2),
      startOf('0x2', 7),
      chunk('0x1', 1100, '1::(root) 2:1:main', '2+0 2+10'),
      chunk('0x2', 1100, '1::(root) 2:1:job', '2+0 2+3000'),
    ]);
    expect(namesOf(set)).toEqual(['1/2', 'Worker (1/7)']);
    expect(chooseProfile(set).name).toBe('Worker (1/7)');
  });

  test.each<[string, Event[], string]>([
    [
      'a delta less',
      [chunk('1', 1, '1::(root)', '1+5', { timeDeltas: [] })],
      'traceEvents[0].args.data.timeDeltas has 0 entries for 1 samples',
    ],
    [
      'a node that is nowhere',
      [chunk('1', 1, '1::(root)', '8+5')],
      'samples[0] of process 1, thread 99, names node 8',
    ],
    [
      'a node twice',
      [chunk('1', 1, '1::(root)', '1+5'), chunk('1', 2, '1::(root)', '')],
      'nodes[1].id of process 1, thread 99, is 1',
    ],
    ['a circle', [chunk('1', 1, '1:2:a 2:1:b', '1+5')], 'are children of each other in a circle'],
    [
      'a text for a sample',
      [chunk('1', 1, '', '', { cpuProfile: { samples: ['x'] } })],
      'traceEvents[0]: cpuProfile.samples[0] must not be a text',
    ],
    [
      'a node without a name',
      [chunk('1', 1, '', '', { cpuProfile: { nodes: [{ id: 1 }] } })],
      'cpuProfile.nodes[0].callFrame is missing',
    ],
  ])('are refused by the field: %s', (_, damaged, sentence) => {
    expect(failure(damaged)).toContain(sentence);
  });
});

describe('what took time in a trace without samples', () => {
  test('lies within what began before it and ends after it, whatever the order of the file', () => {
    expect(
      treeOf(
        [
          complete('inner', 1500, 1000),
          complete('late', 8000, 1000),
          complete('outer', 1000, 5000),
          complete('same', 1000, 200),
        ],
        undefined,
        true,
      ),
    ).toEqual([
      '(root) (total: 8, self: 0)',
      '  outer (total: 5, self: 3.8)',
      '    inner (total: 1, self: 1)',
      '    same (total: 0.2, self: 0.2)',
      '  (idle) (total: 2, self: 2)',
      '  late (total: 1, self: 1)',
    ]);
  });

  test('may be told by its beginning and its end', () => {
    expect(treeOf([begin('a', 0), begin('b', 1000), end(3000), end(4000)])).toEqual([
      '(root) (total: 4, self: 0)',
      '  a (total: 4, self: 2)',
      '    b (total: 2, self: 2)',
    ]);
  });

  test('ends with the last event when nothing says that it ended; an end alone says nothing', () => {
    expect(treeOf([end(500), begin('a', 1000), complete('b', 2000, 3000)])).toEqual([
      '(root) (total: 4, self: 0)',
      '  a (total: 4, self: 1)',
      '    b (total: 3, self: 3)',
    ]);
  });

  test('is cut off with what it began within', () => {
    expect(treeOf([complete('a', 0, 2000), complete('b', 1000, 5000)])).toEqual([
      '(root) (total: 2, self: 0)',
      '  a (total: 2, self: 1)',
      '    b (total: 1, self: 1)',
    ]);
  });

  test('is a profile per thread, also where tools write names for numbers', () => {
    const set = read([complete('a', 0, 10), complete('b', 0, 20, 'io thread'), complete('nothing', 0, 0, 9)]);
    expect(namesOf(set)).toEqual(['1/2', '1/io thread']);
    expect(chooseProfile(set).name).toBe('1/io thread');
  });

  test('is the same from a bare list', () => {
    const events = [threadName('Main', 2), complete('a', 0, 10)];
    expect(read(JSON.stringify(events))).toEqual(read(events));
  });

  test.each<[string, Event[] | string, string]>([
    ['no time', [{ ph: 'X', name: 'a', dur: 5 }], 'traceEvents[0].ts is missing'],
    ['no name', [{ ph: 'B', ts: 5 }], 'traceEvents[0].name is missing'],
    ['a negative duration', [complete('a', 5, -1)], 'traceEvents[0].dur is negative'],
    ['a text for a time', [{ ph: 'X', name: 'a', ts: '5' }], 'traceEvents[0].ts must not be a text'],
    ['a time out of range', '{"traceEvents":[{"ts":1e300}]}', 'traceEvents[0].ts is out of range'],
    ['nothing', [], 'holds neither samples of a CPU profile nor anything that took time'],
    ['no list', '{}', 'traceEvents is missing'],
    ['two lists', '{"traceEvents":[],"traceEvents":[]}', 'traceEvents is there twice'],
    ['a number', '5', 'the file as a whole must not be a number'],
  ])('is refused by the field: %s', (_, events, sentence) => {
    expect(failure(events)).toContain(sentence);
  });
});

/** Any slices of one thread, of which some overlap without one lying in the other. */
const anySlices = fc.array(
  fc.tuple(fc.nat({ max: 50 }), fc.nat({ max: 30 }), fc.constantFrom('a', 'b', 'c')),
  {
    minLength: 1,
    maxLength: 30,
  },
);

describe('every trace', () => {
  test('has as much time as lies between its first and its last moment', () => {
    fc.assert(
      fc.property(anySlices, (slices) => {
        fc.pre(slices.some(([, duration]) => duration > 0));
        const [{ profile } = { profile: undefined }] = read(
          slices.map(([at, took, name]) => complete(name, at, took)),
        ).profiles;
        if (profile?.timeline === undefined) throw new Error('it has a timeline');
        const { startMicros, endMicros } = profile.timeline;
        const total = toCallTree(profile, { includeIdle: true }).total[0];
        expect(total).toBe(endMicros - startMicros);
        expect(startMicros).toBe(Math.min(...slices.map(([at]) => at)));
      }),
    );
  });

  const file = JSON.stringify({
    traceEvents: [
      threadName('Main', 2),
      complete('é', 5, 10),
      startOf('0x1', 2),
      { ...chunk('', 1100, '1::(root) 2:1:main', '2+100@5 2+10@1'), id: undefined, id2: { local: '0x1' } },
    ],
    metadata: { any: [1, { thing: null }] },
  });

  test('reads the same wherever its chunks are cut', () => {
    const whole = read(file);
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 60 }), { maxLength: 40 }), (cuts) => {
        expect(read(file, cuts)).toEqual(whole);
      }),
    );
  });

  test('is refused with a sentence, never with anything else, whatever was damaged', () => {
    const whole = new TextEncoder().encode(file);
    const damage = fc.array(fc.tuple(fc.nat(), fc.nat({ max: 255 })), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(damage, (changes) => {
        const bytes = whole.slice();
        for (const [at, byte] of changes) bytes[at % bytes.length] = byte;
        try {
          for (const { profile } of readWith(new TraceProfileReader(), bytes).profiles) toCallTree(profile);
        } catch (error) {
          expect(error).toBeInstanceOf(ProfileError);
        }
      }),
      { numRuns: 500 },
    );
  });

  test.each<[string, Partial<ProfileLimits>, Event[]]>([
    ['events', { maxSamples: 1 }, [complete('a', 0, 1), complete('b', 2, 1)]],
    ['frames in one stack', { maxDepth: 1 }, [complete('a', 0, 10), complete('b', 2, 1)]],
    ['nodes', { maxNodes: 1 }, [complete('a', 0, 10), complete('b', 2, 1)]],
    ['nodes', { maxNodes: 1 }, [chunk('1', 1, '1::(root) 2:1:a', '2+1')]],
    ['samples', { maxSamples: 1 }, [chunk('1', 1, '1::(root) 2:1:a', '2+1 2+1')]],
  ])('is refused when it has too many %s', (limit, limits, events) => {
    expect(failure(events, limits)).toContain(limit);
  });
});
