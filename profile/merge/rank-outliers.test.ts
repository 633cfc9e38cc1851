import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Profile } from '../model/profile.ts';
import { anySamples, profileFromSamples } from '../text/any-profile.ts';
import { pprofFromText, readPprof } from '../text/pprof-from-text.ts';
import { rankOutliers } from './rank-outliers.ts';

/** Samples by function, each of a nanosecond. */
function taking(shares: Readonly<Record<string, number>>): Profile {
  const lines = Object.entries(shares).map(([name, count]) => `main;${name} ${count} ${count}`);
  return readPprof(pprofFromText(['samples/count cpu/nanoseconds', ...lines].join('\n')));
}

describe('ranking outliers', () => {
  test('puts the odd instance first, with the functions that make it so', () => {
    const { ranked, strings, functions } = rankOutliers([
      taking({ parse: 500, draw: 500 }),
      taking({ draw: 500, parse: 500 }),
      taking({ parse: 250, draw: 250, retry: 500 }),
      taking({ parse: 500, draw: 500 }),
    ]);
    expect(ranked[0]?.profile).toBe(2);
    expect(ranked[0]?.distance).toBeCloseTo(0.5);
    const named = ranked[0]?.functions.map(({ func, share, shareOfOthers }) => [
      strings[functions.name[func] as number],
      share,
      shareOfOthers,
    ]);
    expect(named).toEqual([
      ['retry', 0.5, 0],
      ['parse', 0.25, 0.5],
      ['draw', 0.25, 0.5],
    ]);
  });

  test('finds none among alike, however busy each was', () => {
    const { ranked } = rankOutliers([
      taking({ a: 100, b: 300 }),
      taking({ a: 1, b: 3 }),
      taking({ a: 7, b: 21 }),
    ]);
    expect(ranked.map(({ distance }) => distance)).toEqual([0, 0, 0]);
    expect(ranked.flatMap(({ functions }) => functions)).toEqual([]);
  });

  test('takes a few samples for less than many', () => {
    const { ranked } = rankOutliers([
      taking({ a: 1 }),
      taking({ a: 500, b: 500 }),
      taking({ a: 500, b: 500 }),
      taking({ a: 750, b: 250 }),
    ]);
    // The first is further away, but a single sample cannot be nearer.
    expect(ranked[0]?.profile).toBe(3);
  });

  test('lets a busy instance not make the others look odd', () => {
    const calm = { a: 500, b: 500 };
    const { ranked } = rankOutliers([
      taking(calm),
      taking({ a: 90_000, b: 10_000 }),
      taking(calm),
      taking(calm),
    ]);
    expect(ranked[0]?.profile).toBe(1);
    expect(ranked[0]?.distance).toBeCloseTo(0.4);
    for (const calmOne of ranked.slice(1)) expect(calmOne.distance).toBeCloseTo(0.4 / 3);
  });

  test('tells a distance between nothing and everything, and what makes it up', () => {
    fc.assert(
      fc.property(fc.array(anySamples, { minLength: 2, maxLength: 5 }), (lists) => {
        const { ranked } = rankOutliers(lists.map(profileFromSamples));
        for (const { distance, chance, functions } of ranked) {
          expect(distance).toBeGreaterThanOrEqual(0);
          expect(distance).toBeLessThanOrEqual(1 + 1e-9);
          expect(chance).toBeGreaterThanOrEqual(0);
          const differences = functions.map(({ share, shareOfOthers }) => Math.abs(share - shareOfOthers));
          // There are fewer functions in such a drawing than are told.
          expect(differences.reduce((sum, each) => sum + each, 0) / 2).toBeCloseTo(distance);
          expect(differences).toEqual(differences.toSorted((a, b) => b - a));
        }
      }),
    );
  });

  test('needs others to compare with, and samples', () => {
    expect(rankOutliers([taking({ a: 1 })]).ranked).toEqual([]);
    expect(rankOutliers([taking({ a: 1 }), taking({}), taking({ b: 1 })]).ranked.length).toBe(2);
  });
});
