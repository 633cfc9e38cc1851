import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anySamples, profileFromSamples } from '../text/any-profile.ts';
import { formatCallTree } from '../text/format-call-tree.ts';
import { profileFromText } from '../text/profile-from-text.ts';
import { selfOfStacks } from '../text/self-of-stacks.ts';
import { toCallTree } from './call-tree.ts';
import { weighNodes } from './node-weights.ts';

describe('a time range', () => {
  const profile = profileFromText(`
    main   main   main   main
    parse  parse  draw   draw
  `);

  test('takes of the samples at its ends what lies within', () => {
    const tree = toCallTree(profile, { timeRange: { fromMicros: 1500, toMicros: 2250 } });
    expect(formatCallTree(profile, tree)).toEqual([
      '(root) (total: 0.75, self: 0)',
      '  main (total: 0.75, self: 0)',
      '    parse (total: 0.5, self: 0.5)',
      '    draw (total: 0.25, self: 0.25)',
    ]);
  });

  test('has no microsecond more or less than it is long', () => {
    for (const [fromMicros, toMicros] of [
      [0, 999],
      [1, 1000],
      [999, 1001],
      [1, 3999],
      [0, 1],
    ] as const)
      expect(toCallTree(profile, { timeRange: { fromMicros, toMicros } }).total[0]).toBe(
        toMicros - fromMicros,
      );
  });

  test('counts a sample where it begins', () => {
    const counts = (fromMicros: number, toMicros: number) =>
      toCallTree(profile, { timeRange: { fromMicros, toMicros } }).totalCount[0];
    expect([counts(0, 1), counts(1, 1000), counts(1000, 2001), counts(0, 4000)]).toEqual([1, 0, 2, 4]);
  });

  test('within one sample has a part of it', () => {
    const tree = toCallTree(profile, { timeRange: { fromMicros: 2100, toMicros: 2300 } });
    expect(selfOfStacks(profile, tree)).toEqual(['main;draw 200/0']);
  });

  test('that is empty, or lies outside, has nothing', () => {
    for (const [fromMicros, toMicros] of [
      [1500, 1500],
      [3000, 1000],
      [4000, 9000],
      [-500, 0],
    ] as const)
      expect(toCallTree(profile, { timeRange: { fromMicros, toMicros } }).total[0]).toBe(0);
  });

  test('and its neighbours add up to the whole exactly', () => {
    const anyCuts = fc.array(fc.double({ min: 0, max: 60_000, noNaN: true }), { maxLength: 6 });
    fc.assert(
      fc.property(anySamples, anyCuts, fc.boolean(), (samples, cuts, includeIdle) => {
        const drawn = profileFromSamples(samples);
        const bounds = [0, ...cuts.sort((a, b) => a - b), 1e9];
        const whole = weighNodes(drawn, { includeIdle });
        const self = new Float64Array(whole.self.length);
        const count = new Uint32Array(whole.self.length);
        let idle = 0;
        for (let at = 1; at < bounds.length; at++) {
          const timeRange = { fromMicros: bounds[at - 1] as number, toMicros: bounds[at] as number };
          const part = weighNodes(drawn, { includeIdle, timeRange });
          part.self.forEach((value, node) => {
            self[node] = (self[node] as number) + value;
            count[node] = (count[node] as number) + (part.count[node] as number);
          });
          expect(part.self.every((value) => value >= 0)).toBe(true);
          idle += part.idle.value;
        }
        expect([...self]).toEqual([...whole.self]);
        expect([...count]).toEqual([...whole.count]);
        expect(idle).toBe(whole.idle.value);
      }),
    );
  });

  test('is the same with all labels chosen', () => {
    const anyMicros = fc.nat({ max: 30_000 });
    fc.assert(
      fc.property(anySamples, anyMicros, anyMicros, (samples, fromMicros, toMicros) => {
        const drawn = profileFromSamples(samples);
        const timeRange = { fromMicros, toMicros };
        const plain = structuredClone(weighNodes(drawn, { timeRange }));
        const chosen = weighNodes(drawn, { timeRange, labelSets: Uint8Array.of(1) });
        expect(chosen).toEqual(plain);
        expect(weighNodes(drawn, { timeRange, labelSets: Uint8Array.of(0) }).self.some(Boolean)).toBe(false);
      }),
    );
  });
});
