import { Profile as Decoded } from 'pprof-format';
import { describe, expect, test } from 'vitest';
import { ProfileLimitError } from '../errors.ts';
import type { Profile } from '../model/profile.ts';
import { heapProfileFromText, readHeapProfile } from '../text/heap-profile-from-text.ts';
import { profileFromText, readCpuProfile } from '../text/profile-from-text.ts';
import { encodePprof, encodePprofChunks } from './encode-pprof.ts';
import { toUniqueNames } from './function-names.ts';

const drawing = `
  main  main  main  main  (idle)  (garbage collector)
  a     a     b     b
  b     a     a
  a           a
`;

function decode(profile: Profile, options = {}) {
  const decoded = Decoded.decode(encodePprof(profile, options));
  const text = (index: number | bigint) => decoded.stringTable.strings[Number(index)] ?? '';
  const nameOf = new Map(decoded.function.map((func) => [Number(func.id), text(func.name)]));
  const stacks = decoded.sample.map((sample) => {
    const names = sample.locationId.map((id) =>
      nameOf.get(Number(decoded.location[locationAt(id)]?.line[0]?.functionId)),
    );
    return `${names.join('<')} ${sample.value.map(Number).join(' ')}`;
  });
  function locationAt(id: number | bigint) {
    return decoded.location.findIndex((location) => Number(location.id) === Number(id));
  }
  return { decoded, text, stacks };
}

describe('a pprof export', () => {
  test('has one sample per distinct stack, leaf first, in samples and nanoseconds', () => {
    expect(decode(profileFromText(drawing)).stacks).toEqual([
      'a<a<main 1 1000000',
      'a<b<a<main 1 1000000',
      'b<main 1 1000000',
      'a<a<b<main 1 1000000',
      '(garbage collector) 1 1000000',
    ]);
  });

  test('names its types, period, duration, time, program and what it left out', () => {
    const { decoded, text } = decode(profileFromText(drawing), {
      startedAtMillis: 1_700_000_000_123,
      period: 500,
      program: 'user-service',
      comments: ['instance user-service-0'],
    });
    expect(decoded.sampleType.map(({ type, unit }) => `${text(type)}/${text(unit)}`)).toEqual([
      'samples/count',
      'cpu/nanoseconds',
    ]);
    expect(text(decoded.defaultSampleType)).toBe('cpu');
    expect(Number(decoded.period)).toBe(500_000);
    expect(Number(decoded.durationNanos)).toBe(6_000_000);
    expect(Number(decoded.timeNanos)).toBe(1_700_000_000_123e6);
    expect(text(decoded.mapping[0]?.filename ?? 0)).toBe('user-service');
    expect(decoded.comment.map(text)).toEqual([
      'instance user-service-0',
      '1 ms in which the thread was idle are left out',
    ]);
  });

  test('has idle time when asked for it', () => {
    expect(decode(profileFromText(drawing), { includeIdle: true }).stacks).toContain('(idle) 1 1000000');
  });

  test('keeps samples of the root itself', () => {
    expect(decode(readCpuProfile(oneNode('(root)'))).stacks).toEqual(['(root) 1 5000']);
  });

  test('is the same in chunks as in one piece', () => {
    const profile = profileFromText(drawing);
    expect(Buffer.concat([...encodePprofChunks(profile)])).toEqual(Buffer.from(encodePprof(profile)));
  });

  test('writes numbers beyond 32 bits', () => {
    const profile = readCpuProfile(oneNode('f').replace('"endTime":5', '"endTime":40000000000'));
    expect(decode(profile).stacks).toEqual(['f 1 40000000000000']);
  });

  test('refuses a profile whose stacks, written out, would never end', () => {
    const depth = 40_000;
    const nodes = Array.from({ length: depth }, (_, at) => ({
      id: at + 1,
      callFrame: { functionName: `f${at % 9}` },
      children: at + 1 < depth ? [at + 2] : [],
    }));
    const samples = nodes.map(({ id }) => id);
    const json = { nodes, startTime: 0, endTime: depth, samples, timeDeltas: samples.map(() => 1) };
    expect(() => encodePprof(readCpuProfile(JSON.stringify(json)))).toThrow(ProfileLimitError);
  });
});

describe('a pprof export of a heap profile', () => {
  const heap = JSON.stringify(heapProfileFromText('main\n  join 100 x2\n    Player 4000\n(V8 API) 10'));

  test('has bytes under the names that Go gives them, and no time', () => {
    const { decoded, text, stacks } = decode(readHeapProfile(heap), { period: 4096 });
    expect(decoded.sampleType.map(({ type, unit }) => `${text(type)}/${text(unit)}`)).toEqual([
      'samples/count',
      'inuse_space/bytes',
    ]);
    expect(text(decoded.defaultSampleType)).toBe('inuse_space');
    expect(`${text(decoded.periodType?.type ?? 0)}/${text(decoded.periodType?.unit ?? 0)}`).toBe(
      'space/bytes',
    );
    expect(Number(decoded.period)).toBe(4096);
    expect(Number(decoded.durationNanos)).toBe(0);
    expect(stacks).toEqual(['join<main 2 100', 'Player<join<main 1 4000', '(V8 API) 1 10']);
  });

  test('calls what was allocated otherwise', () => {
    const { decoded, text } = decode(readHeapProfile(heap, 'allocation'));
    expect(text(decoded.defaultSampleType)).toBe('alloc_space');
  });
});

describe('the names in a pprof export', () => {
  test('carry their place when they are shared or missing, and only then', () => {
    const profile = profileFromText('get@/x/a.js:3  get@/x/b.js:3  only@a.js:1  @a.js:9');
    expect(toUniqueNames(profile)).toEqual(
      expect.arrayContaining(['get (a.js:3)', 'get (b.js:3)', 'only', '(anonymous a.js:9)']),
    );
  });

  test('carry the whole path when the file name does not tell them apart', () => {
    const profile = profileFromText('get@/x/a.js:3  get@/y/a.js:3');
    expect(toUniqueNames(profile)).toEqual(
      expect.arrayContaining(['get (/x/a.js:3:0)', 'get (/y/a.js:3:0)']),
    );
  });

  test('are never alike', () => {
    const profile = profileFromText(
      'f  f (a.js:1)  f@a.js:1  f@b.js:1'.replaceAll('f (a.js:1)', 'f(a.js:1)'),
    );
    const names = toUniqueNames(profile);
    expect(new Set(names).size).toBe(names.length);
  });
});

function oneNode(functionName: string): string {
  return JSON.stringify({
    nodes: [{ id: 1, callFrame: { functionName } }],
    startTime: 0,
    endTime: 5,
    samples: [1],
    timeDeltas: [0],
  });
}
