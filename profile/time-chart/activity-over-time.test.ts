import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { arbitraryProfile, timedProfile } from '../text/timed-profile.ts';
import { toActivityOverTime } from './activity-over-time.ts';

describe('activity over time', () => {
  test('divides samples among the parts that they lie in', () => {
    const profile = timedProfile([['a'], ['b'], ['a', 'b'], ['a']], [1000, 2500, 500, 1000]);
    const isB = Uint8Array.from(profile.functions.name, (name) => Number(profile.strings[name] === 'b'));
    const { micros, partMicros } = toActivityOverTime(profile, isB, 2, 5);
    expect(partMicros).toBe(1000);
    expect(micros.map((kind) => [...kind])).toEqual([
      [1000, 0, 0, 0, 1000],
      [0, 1000, 1000, 1000, 0],
    ]);
  });

  test('fills every part and adds up to the whole', () => {
    fc.assert(
      fc.property(arbitraryProfile, fc.integer({ min: 1, max: 50 }), (profile, parts) => {
        const kinds = Uint8Array.from(profile.functions.name, (_, func) => func % 3);
        const { micros, partMicros } = toActivityOverTime(profile, kinds, 3, parts);
        for (let part = 0; part < parts; part++) {
          const sum = micros.reduce((all, kind) => all + (kind[part] ?? 0), 0);
          expect(sum).toBeCloseTo(partMicros, 6);
        }
      }),
    );
  });
});
