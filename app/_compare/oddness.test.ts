import { describe, expect, it } from 'vitest';
import { rankOutliers } from '#profile/index.ts';
import { profileFromText } from '#profile/text/profile-from-text.ts';
import { findOddOne, oddnessOf } from './oddness.ts';

const row = (name: string, count: number) => Array(count).fill(name).join('  ');
const usual = () => profileFromText(`${row('play', 300)}  ${row('save', 300)}`);
const odd = () => profileFromText(`${row('play', 200)}  ${row('spin', 400)}`);

describe('the odd one', () => {
  it('is the one that does what the others do not', () => {
    const { ranked } = rankOutliers([usual(), odd(), usual()]);
    expect(findOddOne(ranked)?.profile).toBe(1);
  });

  it('is none where all are alike', () => {
    expect(findOddOne(rankOutliers([usual(), usual(), usual()]).ranked)).toBeUndefined();
  });

  it('is none of two, each of which is as unlike the other', () => {
    expect(findOddOne(rankOutliers([usual(), odd()]).ranked)).toBeUndefined();
  });

  it('is called by how much goes beyond chance', () => {
    expect(oddnessOf({ distance: 0.7, chance: 0.1 })).toBe('wholly');
    expect(oddnessOf({ distance: 0.2, chance: 0.05 })).toBe('clearly');
    expect(oddnessOf({ distance: 0.06, chance: 0.02 })).toBe('slightly');
    expect(oddnessOf({ distance: 0.4, chance: 0.39 })).toBe('alike');
  });
});
