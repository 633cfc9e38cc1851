import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toCallTree } from '../call-tree/call-tree.ts';
import { ProfileError } from '../errors.ts';
import type { ProfileLimits } from '../model/profile.ts';
import { chooseProfile, type ProfileSet } from '../model/profile-set.ts';
import { formatCallTree } from '../text/format-call-tree.ts';
import { readWith } from '../text/read-profile.ts';
import { SpeedscopeReader } from './speedscope-reader.ts';

interface EventedJson {
  type: 'evented';
  name: string;
  unit: string;
  startValue: number;
  endValue: number;
  events: { type: string; frame: number; at: number }[];
}
interface SampledJson {
  type: 'sampled';
  name: string;
  unit: string;
  startValue: number;
  endValue: number;
  samples: number[][];
  weights: number[];
}

const FRAMES = [
  { name: 'main', file: 'app.js', line: 3, col: 7 },
  { name: 'read' },
  { name: 'draw', file: null },
];

const evented = (events: string, unit = 'microseconds', name = 'main thread'): EventedJson => ({
  type: 'evented',
  name,
  unit,
  startValue: 0,
  endValue: 100,
  events: events
    .split(' ')
    .filter((word) => word !== '')
    .map((word) => {
      const [, type = '', frame, at] = /^(.)(\d+)@(.+)$/.exec(word) ?? [];
      return { type, frame: Number(frame), at: Number(at) };
    }),
});

const sampled = (samples: number[][], weights: number[], unit = 'microseconds', name = 's'): SampledJson => ({
  type: 'sampled',
  name,
  unit,
  startValue: 50,
  endValue: 100,
  samples,
  weights,
});

const fileOf = (...profiles: object[]) => JSON.stringify({ shared: { frames: FRAMES }, profiles });

function read(
  file: string | Uint8Array,
  cuts: readonly number[] = [],
  limits: Partial<ProfileLimits> = {},
): ProfileSet {
  return readWith(new SpeedscopeReader(limits), file, cuts);
}

function treeOf(file: string, name?: string, includeIdle = false): string[] {
  const { profile } = chooseProfile(read(file), name);
  return formatCallTree(profile, toCallTree(profile, { includeIdle }));
}

function failure(file: string, limits: Partial<ProfileLimits> = {}): string {
  try {
    read(file, [], limits);
  } catch (error) {
    if (error instanceof ProfileError) return error.message;
    throw error;
  }
  throw new Error('the file was accepted');
}

describe('an evented profile', () => {
  const file = fileOf(evented('O0@1000 O1@3000 C1@6000 C0@7000 O2@9000 C2@9500'));

  test('gives each stretch of time to what was open meanwhile, and to idleness when nothing was', () => {
    expect(treeOf(file, undefined, true)).toEqual([
      '(root) (total: 8.5, self: 0)',
      '  main (total: 6, self: 3)',
      '    read (total: 3, self: 3)',
      '  (idle) (total: 2, self: 2)',
      '  draw (total: 0.5, self: 0.5)',
    ]);
    expect(treeOf(file)[0]).toBe('(root) (total: 6.5, self: 0)');
  });

  test('stands in the order of time, from its first event', () => {
    const { profile } = chooseProfile(read(file));
    expect(profile.timeline).toEqual({ startMicros: 0, firstSampleMicros: 1000, endMicros: 9500 });
    expect([...(profile.samples.values[0] ?? [])]).toEqual([2000, 3000, 1000, 2000, 500]);
  });

  test.each([
    ['O0@1 C0@2 C0@3', 'profiles[0].events[2] closes frame 0, and none is open'],
    ['O0@1 O1@2 C0@3', 'profiles[0].events[2] closes frame 0 while frame 1 is the innermost'],
    ['O0@1 O1@2', 'profiles[0].events ends while 2 frames are open'],
    ['O0@1', 'profiles[0].events ends while a frame is open'],
    ['O0@5 C0@4', 'profiles[0].events[1].at is 4, before the event that precedes it'],
    ['X0@5', 'profiles[0].events[0].type is neither "O" nor "C"'],
    ['O9@1 C9@2', 'profiles[0] names frame 9, which is not among shared.frames'],
  ])('whose events do not balance is refused by the event: %s', (events, sentence) => {
    expect(failure(fileOf(evented(events)))).toContain(sentence);
  });
});

describe('a sampled profile', () => {
  test('has one row for calls of a function that the file lists twice', () => {
    const frames = [FRAMES[0], FRAMES[1], FRAMES[1]];
    const file = JSON.stringify({
      shared: { frames },
      profiles: [sampled([[0, 1], [0, 2, 0], [2]], [1000, 2000, 4000])],
    });
    const { profile } = chooseProfile(read(file));
    expect(formatCallTree(profile, toCallTree(profile))).toEqual([
      '(root) (total: 7, self: 0)',
      '  read (total: 4, self: 4)',
      '  main (total: 3, self: 0)',
      '    read (total: 3, self: 1)',
      '      main (total: 2, self: 2)',
    ]);
  });

  test('has its stacks from the root, their weights and their number', () => {
    const file = fileOf(sampled([[0, 1], [0], [0, 1], []], [1000, 2000, 3000, 500]));
    expect(treeOf(file, undefined, true)).toEqual([
      '(root) (total: 6.5, self: 0)',
      '  main (total: 6, self: 2)',
      '    read (total: 4, self: 4)',
      '  (idle) (total: 0.5, self: 0.5)',
    ]);
    const { profile } = chooseProfile(read(file));
    expect(profile.valueTypes).toEqual([
      { type: 'samples', unit: 'count' },
      { type: 'time', unit: 'microseconds' },
    ]);
    expect(profile.timeline).toEqual({ startMicros: 50, firstSampleMicros: 50, endMicros: 6550 });
  });

  test.each([
    ['nanoseconds', 7000, 7],
    ['milliseconds', 7, 7000],
    ['seconds', 0.25, 250_000],
  ])('has time in microseconds, whatever its unit: %s', (unit, weight, micros) => {
    const { profile } = chooseProfile(read(fileOf(sampled([[0]], [weight], unit))));
    expect(profile.samples.values[1]?.[0]).toBe(micros);
  });

  test('that measures no time has no order in time', () => {
    const bytes = chooseProfile(read(fileOf(sampled([[0]], [4096], 'bytes')))).profile;
    expect(bytes.timeline).toBeUndefined();
    expect(bytes.valueTypes[bytes.defaultValueType]).toEqual({ type: 'space', unit: 'bytes' });
    const counts = chooseProfile(read(fileOf(sampled([[0]], [3], 'none')))).profile;
    expect(counts.valueTypes).toEqual([{ type: 'samples', unit: 'count' }]);
  });

  test.each<[string, object, string]>([
    ['a weight less', sampled([[0], [1]], [1]), 'profiles[0].weights has 1 entries for 2 samples'],
    ['a negative weight', sampled([[0]], [-1]), 'profiles[0].weights[0] is negative'],
    ['half a frame', sampled([[0.5]], [1]), 'profiles[0].samples[0] is not the number of a frame'],
    ['a frame that is not there', sampled([[0, 3]], [1]), 'profiles[0] names frame 3'],
    [
      'no samples',
      { type: 'sampled', name: 'x', unit: 'none', weights: [] },
      'profiles[0].samples is missing',
    ],
    ['events too', { ...sampled([[0]], [1]), events: [] }, 'profiles[0] has both events and samples'],
    [
      'a text for a stack',
      { ...sampled([], []), samples: ['a'] },
      'profiles[0].samples[0] must not be a text',
    ],
  ])('is refused by the field: %s', (_, profile, sentence) => {
    expect(failure(fileOf(profile))).toContain(sentence);
  });
});

describe('a file of speedscope', () => {
  test('shows the profile first in which most happened, and gives each a name of its own', () => {
    const set = read(fileOf(sampled([[0]], [5], 'none', 'a'), sampled([[1]], [9], 'none', 'a')));
    expect(set.profiles.map(({ name }) => name)).toEqual(['a', 'a (2)']);
    expect(chooseProfile(set).name).toBe('a (2)');
    expect(set.profiles[0]?.profile.strings).toBe(set.profiles[1]?.profile.strings);
  });

  test('may name its frames after its profiles, and in any order of fields', () => {
    const profile = { weights: [1000], samples: [[1]], unit: 'microseconds', type: 'sampled', name: 'late' };
    expect(
      treeOf(JSON.stringify({ profiles: [profile], other: [{}], shared: { x: 1, frames: FRAMES } })),
    ).toEqual(['(root) (total: 1, self: 0)', '  read (total: 1, self: 1)']);
  });

  test('says where its functions stand', () => {
    const { profile } = chooseProfile(read(fileOf(sampled([[0]], [1]))));
    const { strings, functions } = profile;
    const main = functions.name.findIndex((name) => strings[name] === 'main');
    expect(strings[functions.url[main] as number]).toBe('app.js');
    expect([functions.line[main], functions.column[main]]).toEqual([3, 7]);
  });

  test.each([
    ['[]', 'the file as a whole must not be a list'],
    ['{}', 'profiles is missing'],
    ['{"profiles":[]}', 'profiles is empty'],
    ['{"profiles":[],"profiles":[]}', 'profiles is there twice'],
    ['{"shared":{"frames":[{"file":"x"}]}}', 'shared.frames[0].name is missing'],
    ['{"shared":{"frames":[null]}}', 'shared.frames[0] must not be null'],
    ['{"profiles":[{"samples":[[1e999]]}]}', 'profiles[0].samples[0] is not the number of a frame'],
    ['{"profiles":[{"startValue":1e999}]}', 'profiles[0].startValue is out of range'],
  ])('is refused by the field: %s', (file, sentence) => {
    expect(failure(file)).toContain(sentence);
  });

  test.each<[string, Partial<ProfileLimits>, object[]]>([
    ['nodes', { maxNodes: 3 }, [sampled([[0, 1, 2, 0]], [1])]],
    ['nodes', { maxNodes: 3 }, [sampled([[0, 1]], [1]), sampled([[0, 1]], [1])]],
    ['samples', { maxSamples: 1 }, [sampled([[0], [0]], [1, 1])]],
    ['events', { maxSamples: 1 }, [evented('O0@1 O1@2 C1@3 C0@4')]],
    ['frames in one stack', { maxDepth: 1 }, [evented('O0@1 O1@2 C1@3 C0@4')]],
    ['frames in one stack', { maxDepth: 1 }, [sampled([[0, 1]], [1])]],
  ])('is refused when it has too many %s', (limit, limits, profiles) => {
    expect(failure(fileOf(...profiles), limits)).toContain(limit);
  });

  const file = fileOf(
    evented('O0@1 O1@3 C1@6 C0@7 O2@9 C2@9.5', 'milliseconds'),
    sampled([[0, 1], [2], []], [1, 2, 3], 'none'),
  );

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
          for (const { profile } of read(bytes).profiles) toCallTree(profile);
        } catch (error) {
          expect(error).toBeInstanceOf(ProfileError);
        }
      }),
      { numRuns: 500 },
    );
  });
});
