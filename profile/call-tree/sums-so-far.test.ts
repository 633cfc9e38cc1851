import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Profile } from '../model/profile.ts';
import { Scratch } from '../model/scratch.ts';
import { anySamples, profileFromSamples } from '../text/any-profile.ts';
import { addSamples, noSums, type SampleSums, type Span } from './add-samples.ts';
import { SumsSoFar } from './sums-so-far.ts';

function walk(profile: Profile, valueType: number, span: Span): SampleSums {
  const sums = noSums(profile, valueType);
  addSamples(profile, { valueType }, span, sums);
  return sums;
}

describe('sums at marks', () => {
  test('give of any span what walking its samples gives', () => {
    const anyEnds = fc.array(fc.tuple(fc.nat({ max: 25 }), fc.nat({ max: 25 })), {
      minLength: 1,
      maxLength: 8,
    });
    fc.assert(
      fc.property(anySamples, anyEnds, fc.integer({ min: 1, max: 6 }), (samples, ends, parts) => {
        const profile = profileFromSamples(samples);
        const { length } = profile.samples;
        for (const valueType of profile.valueTypes.keys()) {
          const whole = walk(profile, valueType, { first: 0, end: length });
          const sums = new SumsSoFar(profile, valueType, whole, parts);
          for (const [one, other] of ends) {
            const span = { first: Math.min(one, other, length), end: Math.min(Math.max(one, other), length) };
            expect(sums.between(span, new Scratch())).toEqual(walk(profile, valueType, span));
          }
        }
      }),
    );
  });

  test('are exact also where they do not fit 32 bits', () => {
    const profile = profileFromSamples(
      Array.from({ length: 8 }, () => ({ stack: ['main'], micros: 2_000_000_000 })),
    );
    const valueType = profile.defaultValueType;
    const whole = walk(profile, valueType, { first: 0, end: profile.samples.length });
    expect(Math.max(...whole.self)).toBe(16_000_000_000);
    const sums = new SumsSoFar(profile, valueType, whole, 4);
    const span = { first: 1, end: 7 };
    expect(sums.between(span, new Scratch())).toEqual(walk(profile, valueType, span));
  });
});
