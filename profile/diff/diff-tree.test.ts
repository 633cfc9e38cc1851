import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toCallTree } from '../call-tree/call-tree.ts';
import { toFunctionTotals } from '../call-tree/function-totals.ts';
import { ProfileMismatchError } from '../errors.ts';
import { FRAME_KIND } from '../model/profile.ts';
import { anySamples, profileFromSamples } from '../text/any-profile.ts';
import { pprofFromText, readPprof } from '../text/pprof-from-text.ts';
import { profileFromText } from '../text/profile-from-text.ts';
import { selfOfStacks } from '../text/self-of-stacks.ts';
import { type Diff, toDiffTree } from './diff-tree.ts';
import { toFunctionDifferences } from './function-differences.ts';

/** A row as `name before → after`, totals in milliseconds. */
function formatDiff({ strings, functions, tree }: Diff): string[] {
  return Array.from({ length: tree.length }, (_, row) => {
    const name = strings[functions.name[tree.func[row] as number] as number];
    const totals = [tree.before, tree.after].map(({ total }) => (total[row] as number) / 1000);
    return `${'  '.repeat(tree.depth[row] as number)}${name} ${totals.join(' → ')}`;
  });
}

const before = profileFromText(`
  main   main   main  main
  parse  parse  draw  gone
  read
`);
const after = profileFromText(`
  main   main  main  main  main  main  come
  parse  draw  draw  draw  draw  draw
`);

describe('a diff of two profiles', () => {
  test('has the stacks of both, as wide as their mean', () => {
    const diff = toDiffTree(before, after);
    expect(formatDiff(diff)).toEqual([
      '(root) 4 → 7',
      '  main 4 → 6',
      '    draw 1 → 5',
      '    parse 2 → 1',
      '      read 1 → 0',
      '    gone 1 → 0',
      '  come 0 → 1',
    ]);
    expect([...diff.tree.total]).toEqual([5500, 5000, 3000, 1500, 500, 500, 500]);
  });

  test('compares shares when it is normalised', () => {
    const diff = toDiffTree(before, after, { normalise: true });
    expect(diff.scale).toBe(7 / 4);
    expect(formatDiff(diff)[0]).toBe('(root) 7 → 7');
    expect(diff.tree.total[0]).toBe(7000);
    expect(diff.tree.before.totalCount[0]).toBe(4);
  });

  test('sees everything of one side when the other is empty', () => {
    const diff = toDiffTree(profileFromText(''), after, { normalise: true });
    expect(diff.scale).toBe(1);
    expect(formatDiff(diff)[0]).toBe('(root) 0 → 7');
  });

  test('knows a function that moved within its file, unless another of its name did too', () => {
    const old = profileFromText('a@x.js:1  b@x.js:5  b@x.js:7  c@x.js:9');
    const rebuilt = profileFromText('a@x.js:2  b@x.js:6  b@x.js:8  c@y.js:9');
    expect(formatDiff(toDiffTree(old, rebuilt)).sort()).toEqual([
      '  a 1 → 1',
      '  b 0 → 1',
      '  b 0 → 1',
      '  b 1 → 0',
      '  b 1 → 0',
      '  c 0 → 1',
      '  c 1 → 0',
      '(root) 4 → 4',
    ]);
  });

  test('applies what the view asks for to both', () => {
    const hidden = { by: 'function', function: { name: 'main', url: 'app.js', line: 0, column: 0 } } as const;
    const diff = toDiffTree(before, after, { transforms: [{ kind: 'hide', frames: hidden }] });
    expect(formatDiff(diff)).toContain('  draw 1 → 5');
  });

  test('says when the two measure nothing in common', () => {
    const heap = readPprof(pprofFromText('inuse_space/bytes\nmain 5'));
    expect(() => toDiffTree(before, heap)).toThrow(ProfileMismatchError);
  });

  test('compares the value type that is named, in whatever place each file has it', () => {
    const one = readPprof(pprofFromText('a/count b/bytes\nmain 1 20'));
    const other = readPprof(pprofFromText('b/bytes a/count\nmain 30 2'));
    const { tree, valueType } = toDiffTree(one, other, { valueType: 'a' });
    expect(valueType.type).toBe('a');
    expect([tree.before.total[0], tree.after.total[0]]).toEqual([1, 2]);
  });

  test('with itself differs nowhere', () => {
    fc.assert(
      fc.property(anySamples, fc.boolean(), (samples, normalise) => {
        const diff = toDiffTree(profileFromSamples(samples), profileFromSamples(samples), { normalise });
        expect(diff.tree.before).toEqual(diff.tree.after);
        const functions = toFunctionDifferences(diff);
        expect(functions.before).toEqual(functions.after);
      }),
    );
  });

  test('tells two parts of one recording apart', () => {
    const anyMicros = fc.nat({ max: 30_000 });
    fc.assert(
      fc.property(anySamples, anyMicros, anyMicros, (samples, one, other) => {
        const profile = profileFromSamples(samples);
        const timeRange = {
          before: { fromMicros: 0, toMicros: one },
          after: { fromMicros: one, toMicros: one + other },
        };
        const { tree } = toDiffTree(profile, profile, { timeRange });
        for (const side of ['before', 'after'] as const) {
          const alone = toCallTree(profile, { timeRange: timeRange[side] });
          const columns = { ...tree, ...tree[side] };
          expect(selfOfStacks(profile, columns)).toEqual(selfOfStacks(profile, alone));
          expect(columns.total[0]).toBe(alone.total[0]);
        }
      }),
    );
  });

  test('has on each side what its profile has alone', () => {
    fc.assert(
      fc.property(anySamples, anySamples, (ofBefore, ofAfter) => {
        const profiles = { before: profileFromSamples(ofBefore), after: profileFromSamples(ofAfter) };
        const diff = toDiffTree(profiles.before, profiles.after);
        const united = { ...profiles.after, strings: diff.strings, functions: diff.functions };
        for (const side of ['before', 'after'] as const) {
          const alone = toCallTree(profiles[side]);
          const columns = { ...diff.tree, ...diff.tree[side] };
          expect(selfOfStacks(united, columns)).toEqual(selfOfStacks(profiles[side], alone));
          expect(columns.total[0]).toBe(alone.total[0]);
          expect(columns.idle).toEqual(alone.idle);
        }
        const { tree } = diff;
        const sums = tree.self.slice();
        for (let row = tree.length - 1; row > 0; row--) {
          const above = tree.parent[row] as number;
          sums[above] = (sums[above] as number) + (sums[row] as number);
        }
        expect([...sums]).toEqual([...tree.total]);
      }),
    );
  });
});

describe('the differences of functions', () => {
  test('count recursion once', () => {
    const recursive = profileFromText('main  main\nparse  parse\nparse');
    const diff = toDiffTree(recursive, after);
    const differences = toFunctionDifferences(diff);
    const totals = Array.from(diff.functions.name, (name, func) => {
      return `${diff.strings[name]} ${differences.before.total[func]} → ${differences.after.total[func]}`;
    });
    expect(totals.sort()).toEqual([
      '(root) 2000 → 7000',
      'come 0 → 1000',
      'draw 0 → 5000',
      'main 2000 → 6000',
      'parse 2000 → 1000',
    ]);
    expect(diff.functions.kind[differences.root]).toBe(FRAME_KIND.root);
    const alone = toFunctionTotals(toCallTree(after), after.functions.length);
    expect([...differences.after.self.slice(0, after.functions.length)]).toEqual([...alone.self]);
  });
});
