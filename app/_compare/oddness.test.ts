import { describe, expect, it } from 'vitest';
import { profileFromText } from '#profile/text/profile-from-text.ts';
import { rankParts } from '../_viewer/loading/rank-parts.ts';
import { findOddOne, oddnessOf } from './oddness.ts';

const row = (name: string, count: number) => Array(count).fill(name).join('  ');
const usual = () => profileFromText(`${row('play', 300)}  ${row('save', 300)}`);
const odd = () => profileFromText(`${row('play', 200)}  ${row('spin', 400)}`);

describe('the odd one', () => {
  it('is the one that does what the others do not', () => {
    expect(findOddOne(rankParts([usual(), odd(), usual()]))?.index).toBe(1);
  });

  it('is none where all are alike', () => {
    expect(findOddOne(rankParts([usual(), usual(), usual()]))).toBeUndefined();
  });

  it('is none of two, each of which is as unlike the other', () => {
    expect(findOddOne(rankParts([usual(), odd()]))).toBeUndefined();
  });

  it('does not make the others look odd', () => {
    const ranking = rankParts([usual(), odd(), usual(), usual()]);
    expect(ranking.map(({ outlier }) => oddnessOf(outlier))).toEqual(['wholly', 'alike', 'alike', 'alike']);
    expect(ranking.map(({ index }) => index).toSorted()).toEqual([0, 1, 2, 3]);
  });

  it('leaves out profiles without samples, and none besides', () => {
    const ranking = rankParts([usual(), profileFromText(''), odd(), profileFromText('')]);
    expect(ranking.map(({ index }) => index).toSorted()).toEqual([0, 2]);
  });

  it('may be several, the oddest of which stands first', () => {
    const other = profileFromText(row('wait', 400));
    const ranking = rankParts([usual(), odd(), usual(), other, usual()]);
    expect(ranking.slice(0, 2).map(({ index }) => index)).toEqual([3, 1]);
  });

  it('is called by how much goes beyond chance', () => {
    expect(oddnessOf({ distance: 0.7, chance: 0.1 })).toBe('wholly');
    expect(oddnessOf({ distance: 0.2, chance: 0.05 })).toBe('clearly');
    expect(oddnessOf({ distance: 0.06, chance: 0.02 })).toBe('slightly');
    expect(oddnessOf({ distance: 0.4, chance: 0.39 })).toBe('alike');
  });
});
