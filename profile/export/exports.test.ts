import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CallTree, toCallTree } from '../call-tree/call-tree.ts';
import { CollapsedReader } from '../collapsed/collapsed-reader.ts';
import type { Profile } from '../model/profile.ts';
import { chooseProfile } from '../model/profile-set.ts';
import { openProfile } from '../open-profile.ts';
import { SpeedscopeReader } from '../speedscope/speedscope-reader.ts';
import { pprofFromText, readPprof } from '../text/pprof-from-text.ts';
import { profileFromText, readCpuProfile } from '../text/profile-from-text.ts';
import { readWith } from '../text/read-profile.ts';
import { treePaths } from '../text/tree-paths.ts';
import { encodeCollapsed } from './encode-collapsed.ts';
import { encodeSpeedscope, encodeTimedSpeedscope } from './encode-speedscope.ts';

const collapsedOf = (profile: Profile, tree: CallTree = toCallTree(profile)) =>
  [...encodeCollapsed(tree, profile)].join('');

function speedscopeOf(profile: Profile, tree: CallTree = toCallTree(profile)): string {
  const type = profile.valueTypes[profile.defaultValueType];
  if (type === undefined) throw new Error('it measures something');
  return [...encodeSpeedscope(tree, profile, type, { name: 'lobby' })].join('');
}

function timedOf(profile: Profile): string {
  const pieces = encodeTimedSpeedscope(profile, { name: 'lobby' });
  if (pieces === undefined) throw new Error('it has an order in time');
  return [...pieces].join('');
}

const readCollapsed = (file: string) => chooseProfile(readWith(new CollapsedReader(), file)).profile;
const readSpeedscope = (file: string) => chooseProfile(readWith(new SpeedscopeReader(), file)).profile;

const anyName = fc.oneof(
  fc.constantFrom('main', 'read', '(root)', '(garbage collector)', 'f (inlined)', 'ünï', 'a b', '12'),
  fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 5 })
    .map((text) => `x${text.replace(/[;()[\]\s]/g, '_')}x`),
);
const anyFrame = fc.record({
  name: anyName,
  file: fc.constantFrom(undefined, '/srv/app.js', 'file:///srv/a (copy).js', 'node:fs'),
  line: fc.constantFrom(undefined, 1, 712),
  col: fc.constantFrom(undefined, 3),
});
/** Any profile in the order of time, or of bytes and counts, which have none. What took nothing is in no export. */
const anyProfile = (units: readonly string[]) =>
  fc
    .record({
      frames: fc.array(anyFrame, { minLength: 1, maxLength: 8 }),
      stacks: fc.array(fc.tuple(fc.array(fc.nat(), { maxLength: 6 }), fc.integer({ min: 1, max: 5000 })), {
        minLength: 1,
        maxLength: 30,
      }),
      unit: fc.constantFrom(...units),
    })
    .map(({ frames, stacks, unit }) => {
      const shown = frames.map(({ name, file, line, col }) =>
        // A place has a file, and a column a line.
        file === undefined ? { name } : { name, file, line, col: line === undefined ? undefined : col },
      );
      const samples = stacks.map(([stack]) => stack.map((frame) => frame % frames.length));
      const profile = {
        type: 'sampled',
        name: 'any',
        unit,
        samples,
        weights: stacks.map(([, weight]) => weight),
      };
      return readSpeedscope(JSON.stringify({ shared: { frames: shown }, profiles: [profile] }));
    });

const fixtures = new URL('../fixtures/', import.meta.url);
const recorded = readdirSync(fixtures)
  .filter((name) => name.endsWith('profile'))
  .map((name) => [name, readFileSync(new URL(name, fixtures))] as const);

function readRecorded(name: string, bytes: Uint8Array): Profile {
  const format = openProfile({
    mediaType: `application/vnd.v8.${name.split('.').at(-1)}+json`,
    kind: 'heap',
  });
  if (format === undefined) throw new Error('it has a reader');
  return chooseProfile(readWith(format.reader, bytes)).profile;
}

describe('collapsed stacks', () => {
  test('have a line for each call that took something itself, with where it stands', () => {
    const profile = profileFromText(`
      main@a.js:3  main@a.js:3   main@a.js:3  (idle)
      parse        parse@b.js:1`);
    expect(collapsedOf(profile)).toBe(
      'main (a.js:3) 1000\nmain (a.js:3);parse (app.js) 1000\nmain (a.js:3);parse (b.js:1) 1000\n',
    );
  });

  test('give the tree back that they were made of', () => {
    fc.assert(
      fc.property(anyProfile(['microseconds', 'none', 'bytes']), (profile) => {
        const tree = toCallTree(profile, { includeIdle: true });
        fc.pre((tree.total[0] ?? 0) > 0);
        const back = readCollapsed(collapsedOf(profile, tree));
        expect(treePaths(back, toCallTree(back, { includeIdle: true }))).toEqual(treePaths(profile, tree));
      }),
    );
  });

  test.each(recorded)('give the tree back of %s', (name, bytes) => {
    const profile = readRecorded(name, bytes);
    expect(treePaths(readCollapsed(collapsedOf(profile)))).toEqual(treePaths(profile));
  });

  test('keep totals where a name holds what separates frames', () => {
    const profile = readCpuProfile(
      JSON.stringify({
        nodes: [
          { id: 1, callFrame: { functionName: '(root)', url: '' }, children: [2, 3] },
          { id: 2, callFrame: { functionName: 'a;b\nc', url: '' } },
          { id: 3, callFrame: { functionName: '', url: '' } },
        ],
        startTime: 0,
        endTime: 12,
        samples: [2, 3],
        timeDeltas: [0, 5],
      }),
    );
    expect(collapsedOf(profile)).toBe('(anonymous) 7\na:b c 5\n');
  });
});

describe("speedscope's JSON of a tree", () => {
  test('gives the tree back that it was made of', () => {
    fc.assert(
      fc.property(anyProfile(['microseconds', 'none', 'bytes']), (profile) => {
        const tree = toCallTree(profile, { includeIdle: true });
        const back = readSpeedscope(speedscopeOf(profile, tree));
        expect(treePaths(back, toCallTree(back, { includeIdle: true }))).toEqual(treePaths(profile, tree));
      }),
    );
  });

  test.each(recorded)('gives the tree back of %s', (name, bytes) => {
    const profile = readRecorded(name, bytes);
    expect(treePaths(readSpeedscope(speedscopeOf(profile)))).toEqual(treePaths(profile));
  });

  test('is what the schema of speedscope demands', () => {
    const profile = readPprof(pprofFromText('delay/nanoseconds\nmain;query@db.js:4 1200\nmain 5'));
    expect(JSON.parse(speedscopeOf(profile))).toEqual({
      $schema: 'https://www.speedscope.app/file-format-schema.json',
      name: 'lobby',
      activeProfileIndex: 0,
      shared: {
        frames: [
          { name: '(root)' },
          { name: 'main', file: 'app.js' },
          { name: 'query', file: 'db.js', line: 4 },
        ],
      },
      profiles: [
        {
          type: 'sampled',
          name: 'lobby',
          unit: 'nanoseconds',
          startValue: 0,
          endValue: 1205,
          samples: [[1], [1, 2]],
          weights: [5, 1200],
        },
      ],
    });
  });
});

describe("speedscope's JSON of a profile in the order of time", () => {
  const profile = profileFromText(`
    main  main  (idle)  main  (root)
    read  draw          draw`);

  /** Frames by name: in which order a file lists them is nobody's concern. */
  function timeline(json: string): { events: string[]; endValue: number } {
    const { shared, profiles } = JSON.parse(json);
    const events = profiles[0].events.map(
      ({ type, frame, at }: { type: string; frame: number; at: number }) =>
        `${type}${shared.frames[frame].name}@${at}`,
    );
    return { events, endValue: profiles[0].endValue };
  }

  test('says when each call began and ended, and nothing while the thread was idle', () => {
    const { events, endValue } = timeline(timedOf(profile));
    expect(events.slice(0, 9)).toEqual([
      'Omain@0',
      'Oread@0',
      'Cread@1000',
      'Odraw@1000',
      'Cdraw@2000',
      'Cmain@2000',
      'Omain@3000',
      'Odraw@3000',
      'Cdraw@4000',
    ]);
    expect(endValue).toBe(5000);
  });

  test('gives back the tree and the order', () => {
    fc.assert(
      fc.property(anyProfile(['microseconds', 'milliseconds']), (any) => {
        const back = readSpeedscope(timedOf(any));
        expect(treePaths(back)).toEqual(treePaths(any));
      }),
    );
    expect(timeline(timedOf(readSpeedscope(timedOf(profile))))).toEqual(timeline(timedOf(profile)));
  });

  test.each(recorded.filter(([name]) => name.endsWith('.cpuprofile')))(
    'gives the tree back of %s',
    (name, bytes) => {
      const any = readRecorded(name, bytes);
      expect(treePaths(readSpeedscope(timedOf(any)))).toEqual(treePaths(any));
    },
  );

  test('is not to be had of a profile without such an order', () => {
    const heap = readPprof(pprofFromText('inuse_space/bytes\nmain 5'));
    expect(encodeTimedSpeedscope(heap, { name: 'x' })).toBeUndefined();
  });
});
