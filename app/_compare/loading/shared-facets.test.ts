import { describe, expect, it } from 'vitest';
import { mergeProfiles } from '#profile/index.ts';
import { profileFromText } from '#profile/text/profile-from-text.ts';
import { compareProfiles, sharedTypes } from './compare-profiles.ts';
import { PLAIN_CHOICE } from './compared-from-text.ts';
import { sharedFacets } from './shared-facets.ts';

/** Samples of `main`, so many of each instance. */
const labelled = (key: string, samples: Record<string, number>) =>
  mergeProfiles(
    Object.entries(samples).map(([name, count]) => ({
      name,
      profile: profileFromText(Array(count).fill('main').join('  ')),
    })),
    { label: key },
  );

describe('labels of both sides', () => {
  const before = labelled('instance', { a: 2, b: 1 });
  const after = labelled('instance', { b: 3, c: 1 });

  it('are those whose key both have, with the values of either and what both add up to', () => {
    const sides = { before, after };
    const [facet, ...others] = sharedFacets(sides, sharedTypes(sides));
    expect(others).toEqual([]);
    const cpu = sharedTypes(sides).findIndex(({ type }) => type === 'cpu');
    expect(Object.fromEntries(facet?.values.map(({ value, totals }) => [value, totals[cpu]]) ?? [])).toEqual({
      a: 2000,
      b: 4000,
      c: 1000,
    });
  });

  it('are none where one side alone has them', () => {
    const sides = { before: labelled('thread', { a: 1, b: 1 }), after };
    expect(sharedFacets(sides, sharedTypes(sides))).toEqual([]);
  });

  it('choose the samples of both', () => {
    const choice = { ...PLAIN_CHOICE, labels: [{ key: 'instance', value: 'b' }] };
    const { wholes } = compareProfiles({ before, after }, choice).view;
    expect(wholes).toEqual({ before: 1000, after: 3000 });
  });
});
