import { describe, expect, test } from 'vitest';
import { profileFromSamples } from '../text/any-profile.ts';
import { formatCallTree } from '../text/format-call-tree.ts';
import { profileFromText } from '../text/profile-from-text.ts';
import { toCallTree } from './call-tree.ts';
import { toFunctionTotals } from './function-totals.ts';
import { selfOfFunctions } from './self-of-functions.ts';
import { topFunctions } from './top-functions.ts';
import { forEachChild } from './tree-rows.ts';

const drawing = `
  main   main   main   main  (idle)
  parse  parse  draw   draw
  read          draw
`;

function shares(text: string, options = {}) {
  return topFunctions(profileFromText(text), options).functions.map(
    ({ name, self, total }) => `${name} ${self / 1000}/${total / 1000}`,
  );
}

describe('a call tree', () => {
  test('merges equal calls from equal callers and puts the heaviest child first', () => {
    const profile = profileFromText(`
      main   main   main   other  main
      light  heavy  heavy  heavy  heavy
    `);
    expect(formatCallTree(profile, toCallTree(profile))).toEqual([
      '(root) (total: 5, self: 0)',
      '  main (total: 4, self: 0)',
      '    heavy (total: 3, self: 3)',
      '    light (total: 1, self: 1)',
      '  other (total: 1, self: 0)',
      '    heavy (total: 1, self: 1)',
    ]);
  });

  test('has the heaviest first of however many children', () => {
    for (const children of [24, 25, 26, 400]) {
      const weights = Array.from({ length: children }, (_, child) => ((child * 7919) % children) + 1);
      const samples = weights.map((micros, child) => ({ stack: ['main', `child ${child}`], micros }));
      const tree = toCallTree(profileFromSamples(samples));
      expect([...tree.total.subarray(2)]).toEqual(weights.toSorted((one, other) => other - one));
    }
  });

  test('has equally heavy children in the order of functions', () => {
    for (const children of [3, 60]) {
      const samples = Array.from({ length: children }, (_, child) => ({
        stack: [`child ${(child * 7) % children}`],
        micros: 5,
      }));
      const { func } = toCallTree(profileFromSamples(samples));
      expect([...func.subarray(1)]).toEqual([...func.subarray(1)].sort((one, other) => one - other));
    }
  });

  test('leaves idle time out of every share but says how much it was', () => {
    const profile = profileFromText(drawing);
    const tree = toCallTree(profile);
    expect(tree.total[0]).toBe(4000);
    expect(tree.idle).toEqual({ value: 1000, count: 1 });
    expect(formatCallTree(profile, tree).join()).not.toContain('idle');
  });

  test('counts idle time when asked to', () => {
    const profile = profileFromText(drawing);
    const tree = toCallTree(profile, { includeIdle: true });
    expect(tree.total[0]).toBe(5000);
    expect(tree.idle.value).toBe(0);
    expect(formatCallTree(profile, tree)).toContain('  (idle) (total: 1, self: 1)');
  });

  test('keeps the garbage collector and native code of V8 as work', () => {
    expect(shares('(program)  (garbage collector)  main')).toEqual([
      '(program) 1/1',
      '(garbage collector) 1/1',
      'main 1/1',
    ]);
  });

  test('knows where the rows below each row end', () => {
    const tree = toCallTree(profileFromText(drawing));
    expect([...tree.end]).toEqual([6, 6, 4, 4, 6, 6]);
    const children: number[] = [];
    forEachChild(tree, 1, (child) => children.push(child));
    expect(children).toEqual([2, 4]);
  });

  test('of a profile without samples is the root alone', () => {
    const tree = toCallTree(profileFromText(''));
    expect(tree.length).toBe(1);
    expect(tree.total[0]).toBe(0);
  });
});

describe('the functions of a profile', () => {
  test('took themselves what a tree with idle time says', () => {
    const profile = profileFromText(drawing);
    const tree = toCallTree(profile, { includeIdle: true });
    expect(selfOfFunctions(profile)).toEqual(toFunctionTotals(tree, profile.functions.length).self);
  });

  test('count a function once however often it calls itself', () => {
    expect(shares(drawing)).toEqual(['draw 2/2', 'parse 1/2', 'read 1/1', 'main 0/4']);
    expect(shares('a  a\nb  b\na  a\nb  a\na')).toEqual(['a 2/2', 'b 0/2']);
  });

  test('add up the calls from different callers', () => {
    expect(shares('a  b  c\nf  f\ng', { by: 'total' })).toEqual([
      'f 1/2',
      'a 0/1',
      'g 1/1',
      'b 0/1',
      'c 1/1',
    ]);
  });

  test('are different functions when they stand in different places', () => {
    const { functions } = topFunctions(profileFromText('get@a.js:1  get@b.js:1  get@b.js:2'));
    expect(functions.map(({ url, line }) => `${url}:${line}`)).toEqual(['a.js:1', 'b.js:1', 'b.js:2']);
  });
});
