import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import { topFunctions } from '../call-tree/top-functions.ts';
import { toDiffTree } from '../diff/diff-tree.ts';
import { toFunctionDifferences } from '../diff/function-differences.ts';
import type { IndexIntoValueTypes, Profile } from '../model/profile.ts';
import { readHeapProfile } from '../text/heap-profile-from-text.ts';
import { pprofFromText, readPprof } from '../text/pprof-from-text.ts';
import { profileFromText, readCpuProfile } from '../text/profile-from-text.ts';
import { encodePprof } from './encode-pprof.ts';
import { toUniqueNames } from './function-names.ts';

const drawing = `
  main  main  main  main  (idle)  (garbage collector)
  a     a     b     b
  b     a     a
  a           a
`;

const go = findGo();

describe.skipIf(go === undefined)('go tool pprof', () => {
  const folder = mkdtempSync(join(tmpdir(), 'pprof-test-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  function pprof(bytes: Uint8Array, ...flags: string[]): string {
    const file = join(folder, 'profile.pb');
    writeFileSync(file, bytes);
    return execFileSync(go ?? '', ['tool', 'pprof', ...flags, file], {
      encoding: 'utf8',
      env: { ...process.env, HOME: folder },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: 60_000,
    });
  }

  /** Lines of `-top` as `name flat cum`: times in milliseconds, sizes in bytes. */
  function topOf(bytes: Uint8Array, sampleIndex: string, ...flags: string[]): string[] {
    const unit = ['cpu', 'delay'].includes(sampleIndex) ? 'ms' : 'B';
    const all = [
      '-top',
      `-unit=${unit}`,
      '-nodefraction=0',
      '-nodecount=1000',
      `-sample_index=${sampleIndex}`,
    ];
    const rows = pprof(bytes, ...all, ...flags)
      .split('\n')
      .flatMap((line) => {
        const match =
          /^\s*(-?[\d.]+)(?:ms|B)?\s+\S+\s+\S+\s+(-?[\d.]+)(?:ms|B)?\s+\S+\s+(.*?)(?: \(inline\))?$/.exec(
            line,
          );
        return match ? [`${match[3]} ${Number(match[1])} ${Number(match[2])}`] : [];
      });
    return rows.sort();
  }

  const top = (profile: Profile, sampleIndex = 'cpu') => topOf(encodePprof(profile), sampleIndex);

  function ours(profile: Profile, scale = 1000, valueType?: IndexIntoValueTypes): string[] {
    const names = toUniqueNames(profile);
    const rounded = (value: number) => Number((value / scale).toFixed(2));
    return topFunctions(profile, { limit: 10_000, valueType })
      .functions.map(({ func, self, total }) => `${names[func]} ${rounded(self)} ${rounded(total)}`)
      .sort();
  }

  test('sees the same self and total of every function, recursion counted once', () => {
    const profile = profileFromText(drawing);
    expect(top(profile)).toEqual(ours(profile));
    expect(top(profile)).toContain('a 3 3');
  });

  test('sees the same number of samples', () => {
    expect(top(profileFromText(drawing), 'samples')).toContain('b 1 3');
  });

  const fixtures = new URL('../fixtures/', import.meta.url);
  const names = readdirSync(fixtures).filter((name) => name.endsWith('.cpuprofile'));
  test.each(names)(
    'agrees with our top table on %s',
    (name) => {
      const profile = readCpuProfile(readFileSync(new URL(name, fixtures), 'utf8'));
      expect(top(profile)).toEqual(ours(profile));
    },
    60_000,
  );

  const heaps = readdirSync(fixtures).filter((name) => name.endsWith('.heapprofile'));
  test.each(heaps)(
    'agrees with our top table on %s',
    (name) => {
      const kind = name.includes('allocation') ? 'allocation' : 'heap';
      const profile = readHeapProfile(readFileSync(new URL(name, fixtures), 'utf8'), kind);
      expect(top(profile, kind === 'heap' ? 'inuse_space' : 'alloc_space')).toEqual(ours(profile, 1));
    },
    60_000,
  );

  test('narrows by the labels that we keep when we write a file again', () => {
    const profile = readPprof(
      pprofFromText(`
        contentions/count delay/nanoseconds
        main;query 3 2000000 type=network tries=2
        main;sleep 1 9000000 type=timer
      `),
    );
    const bytes = encodePprof(profile);
    expect(topOf(bytes, 'delay')).toEqual(['main 0 11', 'query 2 2', 'sleep 9 9']);
    expect(topOf(bytes, 'delay', '-tagfocus=type=network')).toEqual(['main 0 2', 'query 2 2']);
    expect(topOf(bytes, 'contentions', '-tagfocus=type=network')).toEqual(['main 0 3', 'query 3 3']);
    expect(pprof(bytes, '-tags')).toMatch(/tries: Total 2\.0ms\s+2\.0ms \( +100%\): 2/);
  });

  /** Of every function what it took more or less, as `-top` lists it. */
  function differences(before: Profile, after: Profile, valueType: string, scale: number): string[] {
    const diff = toDiffTree(before, after, { valueType });
    const totals = toFunctionDifferences(diff);
    const names = toUniqueNames({ ...after, strings: diff.strings, functions: diff.functions });
    const rounded = (value: number) => Number((value / scale).toFixed(2)) + 0;
    return names
      .flatMap((name, func) => {
        const [self = 0, total = 0] = (['self', 'total'] as const).map((by) =>
          rounded((totals.after[by][func] as number) - (totals.before[by][func] as number)),
        );
        return func === totals.root || (self === 0 && total === 0) ? [] : [`${name} ${self} ${total}`];
      })
      .sort();
  }

  function theirDifferences(before: Uint8Array, after: Uint8Array, type: string): string[] {
    const base = join(folder, 'base.pb');
    writeFileSync(base, before);
    return topOf(after, type, `-diff_base=${base}`).filter((line) => !line.endsWith(' 0 0'));
  }

  test('sees the same differences of every function', () => {
    const before = profileFromText(drawing);
    const after = profileFromText(`
      main  main  c  (garbage collector)
      a     b     a
      b     c     b
      a           a
    `);
    const expected = theirDifferences(encodePprof(before), encodePprof(after), 'cpu');
    expect(differences(before, after, 'cpu', 1000)).toEqual(expected);
    expect(expected).toContain('c 1 2');
    expect(expected.some((line) => line.includes(' -'))).toBe(true);
  });

  test.each(names)(
    'sees the same differences of %s and the same stacks with other times',
    (name) => {
      const before = readCpuProfile(readFileSync(new URL(name, fixtures), 'utf8'));
      const { samples } = before;
      const values = samples.values.map((column) => column?.toReversed());
      const after = { ...before, samples: { ...samples, values } };
      const expected = theirDifferences(encodePprof(before), encodePprof(after), 'cpu');
      expect(expected.length).toBeGreaterThan(10);
      expect(differences(before, after, 'cpu', 1000)).toEqual(expected);
    },
    60_000,
  );

  const written = readdirSync(fixtures).filter((name) => name.endsWith('.pb.gz'));
  test.each(written)(
    'agrees with our top table on what Go itself wrote, %s',
    (name) => {
      const bytes = gunzipSync(readFileSync(new URL(name, fixtures)));
      const profile = readPprof(bytes);
      profile.valueTypes.forEach(({ type, unit }, valueType) => {
        const expected = topOf(bytes, type);
        expect(expected.length, type).toBeGreaterThan(1);
        expect(ours(profile, unit === 'nanoseconds' ? 1e6 : 1, valueType), type).toEqual(expected);
        expect(topOf(encodePprof(profile), type), type).toEqual(expected);
      });
    },
    60_000,
  );
});

function findGo(): string | undefined {
  const command = process.env.GO ?? 'go';
  try {
    execFileSync(command, ['version'], { stdio: 'ignore', timeout: 20_000 });
    return command;
  } catch {
    return undefined;
  }
}
