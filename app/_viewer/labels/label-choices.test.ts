import { describe, expect, test } from 'vitest';
import { pprofFromText, readPprof } from '#profile/text/pprof-from-text.ts';
import { toSubject } from '../state/subject-from-text.ts';
import { chosenOf, offeredFacets, shownFacet, withChoice } from './label-choices.ts';

const profile = readPprof(
  pprofFromText(`
    contentions/count delay/nanoseconds held/nanoseconds
    main;query 3 2000    0 side=waiter lock=wallet longest_ms=900
    main;query 1 5000    0 side=waiter lock=pool   longest_ms=4000
    main;pay   0    0 9000 side=holder lock=pool
  `),
);
const { profile: opened } = toSubject(profile);

const offered = (valueType: number, chosen: { key: string; value: string }[] = []) =>
  offeredFacets(opened.facets, valueType, chosen).map(
    ({ key, values }) => `${key}: ${values.map(({ value }) => value).join(', ')}`,
  );

describe('what samples can be chosen by', () => {
  test('is offered as far as it is a choice in what is shown, the heaviest first', () => {
    expect(offered(0)).toEqual(['lock: wallet, pool']);
    expect(offered(1)).toEqual(['lock: pool, wallet']);
    expect(offered(2)).toEqual([]);
  });

  test('stays offered while it is chosen', () => {
    expect(offered(2, [{ key: 'side', value: 'waiter' }])).toEqual(['side: holder, waiter']);
  });

  test('is first shown by the key that says most', () => {
    const facets = ['host', 'lock', 'state'].map((key) => ({ key, values: [], leftOut: 0 }));
    expect(shownFacet(facets, undefined)?.key).toBe('lock');
    expect(shownFacet(facets, 'state')?.key).toBe('state');
    expect(shownFacet(facets, 'nothing')?.key).toBe('lock');
    expect(shownFacet([], 'lock')).toBeUndefined();
  });

  test('has one value of a key at a time', () => {
    const first = withChoice([], 'lock', 'pool');
    const second = withChoice(withChoice(first, 'side', 'waiter'), 'lock', 'wallet');
    expect(chosenOf(second, 'lock')).toBe('wallet');
    expect(second.length).toBe(2);
    expect(withChoice(second, 'lock', undefined)).toEqual([{ key: 'side', value: 'waiter' }]);
  });

  test('narrows the tree to what has all of it', () => {
    const labels = [
      { key: 'lock', value: 'pool' },
      { key: 'side', value: 'waiter' },
    ];
    const { view } = toSubject(profile, { labels, valueType: 'delay' });
    expect(view.tree.total[0]).toBe(5000);
    expect(view.tree.totalCount[0]).toBe(1);
  });

  test('tells the longest of what is shown', () => {
    const longest = (lock?: string, valueType = 'delay') =>
      toSubject(profile, { valueType, labels: lock === undefined ? [] : [{ key: 'lock', value: lock }] }).view
        .longestMs;
    expect(longest()).toBe(4000);
    expect(longest('wallet')).toBe(900);
    expect(longest('pool')).toBe(4000);
    expect(longest('pool', 'held')).toBeUndefined();
  });
});
