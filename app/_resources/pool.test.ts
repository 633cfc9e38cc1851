import { describe, expect, it } from 'vitest';
import { createFormats } from '../_format/formats.ts';
import { messagesFor } from '../_messages/catalogue.ts';
import { isPoolShown, longestIdle, type PoolFilter, poolsState, toPool, totalOf } from './pool.ts';
import { aFinding, aPool } from './resource-builders.ts';

const t = messagesFor('en', createFormats('en-GB', 'UTC'));
const ALL: PoolFilter = { typed: '', health: '', game: '', instance: '' };
const say = (...pools: ReturnType<typeof aPool>[]) =>
  plain(t.resources.pools.sentence(poolsState(pools.map(toPool), () => true)));
const plain = (text: string) => text.replaceAll('\u00a0', ' ');

describe('what a pool says of itself', () => {
  it('is read by the names of its measures, however they are written', () => {
    const { figures } = toPool(
      aPool('bg-gate', 'steampunk2', {
        measures: [
          { name: 'Size', value: 6, unit: '1' },
          { name: 'in_flight', value: 2, unit: '1' },
          { name: 'longest-idle', value: 1500, unit: 'ms' },
        ],
      }),
    );
    expect(figures).toEqual({
      size: 6,
      target: null,
      healthy: null,
      stale: null,
      inFlight: 2,
      longestIdleSeconds: 1.5,
    });
  });

  it('is null where the unit is not understood, and never guessed', () => {
    const pool = toPool(
      aPool('bg-gate', 'steampunk2', { measures: [{ name: 'longest idle', value: 3, unit: 'fortnight' }] }),
    );
    expect(pool.figures.longestIdleSeconds).toBeNull();
  });

  it('is of the game that its id names', () => {
    expect(toPool(aPool('bg-gate', 'odinbingo')).game).toBe('odinbingo');
    expect(toPool(aPool('bg-gate', 'x', { id: 'upstream', name: 'Upstream' })).game).toBe('Upstream');
  });
});

describe('the state of a pool', () => {
  it('is that it needs a look while it holds what is stale, or its service says so', () => {
    expect(toPool(aPool('bg-gate', 'a', {}, { size: 6, stale: 1 })).health).toBe('stale');
    expect(toPool(aPool('bg-gate', 'a', { finding: aFinding('something') }, { size: 6 })).health).toBe(
      'stale',
    );
    expect(toPool(aPool('bg-gate', 'a', {}, { size: 6, stale: 0 })).health).toBe('well');
  });

  it('is not known while it was not read, and never well then', () => {
    expect(toPool(aPool('bg-gate', 'a', { at: null, measures: [] })).health).toBe('unread');
    expect(toPool(aPool('bg-gate', 'a', { error: 'threw' }, { size: 6, stale: 0 })).health).toBe('unread');
  });
});

describe('the first sentence of the pools', () => {
  it('says where connections sit and that none is stale', () => {
    expect(
      say(aPool('bg-gate', 'a', {}, { size: 6, stale: 0 }), aPool('bg-gate', 'b', {}, { size: 1, stale: 0 })),
    ).toBe('7 connections sit in 2 pools of bg-gate; none is known to be stale.');
    expect(say(aPool('bg-gate', 'a', {}, { size: 1, stale: 0 }))).toBe(
      '1 connection sits in 1 pool of bg-gate; none is known to be stale.',
    );
  });

  it('says how many are stale and names the one pool that holds them', () => {
    expect(
      say(aPool('bg-gate', 'a', {}, { size: 6, stale: 4 }), aPool('bg-gate', 'b', {}, { size: 2, stale: 0 })),
    ).toBe('8 connections sit in 2 pools of bg-gate; 4 are stale, in “Connections to a”.');
  });

  it('counts the pools and the instances when they are several', () => {
    const gates = ['g-0', 'g-1', 'g-2'].map((name) => aPool(name, 'a', {}, { size: 2, stale: 1 }));
    expect(say(...gates)).toBe('6 connections sit in 3 pools of 3 instances; 3 are stale, in 3 pools.');
  });

  it('does not say that none is stale of what cannot be read any more', () => {
    const pools = [aPool('bg-gate', 'a', {}, { size: 6, stale: 0 })].map(toPool);
    expect(plain(t.resources.pools.sentence(poolsState(pools, () => false)))).toBe(
      '6 connections sit in 1 pool of bg-gate; none was stale when they could last be read.',
    );
  });

  it('says what it does not know', () => {
    expect(
      say(aPool('bg-gate', 'a', {}, { size: 6, stale: 0 }), aPool('bg-gate', 'b', { measures: [] })),
    ).toBe(
      '6 connections sit in 2 pools of bg-gate; none is known to be stale. What 1 pool holds is not known.',
    );
  });
});

describe('totals', () => {
  const pools = [
    aPool('bg-gate', 'a', {}, { size: 6, stale: 4, 'longest idle': 3 }),
    aPool('bg-gate', 'b', {}, { size: 2 }),
  ].map(toPool);

  it('sum up what is known', () => {
    expect(totalOf(pools, 'size')).toBe(8);
    expect(totalOf(pools, 'stale')).toBe(4);
  });

  it('are not known when nothing is', () => {
    expect(totalOf(pools, 'inFlight')).toBeNull();
    expect(totalOf([], 'size')).toBeNull();
  });

  it('have the longest idle of all, which is no sum', () => {
    expect(longestIdle([...pools, toPool(aPool('bg-gate', 'c', {}, { 'longest idle': 9 }))])).toBe(9);
    expect(longestIdle([])).toBeNull();
  });
});

describe('filters', () => {
  const stale = toPool(aPool('bg-gate-0', 'steampunk2', {}, { size: 6, stale: 4 }));
  const well = toPool(aPool('bg-gate-1', 'odinbingo', {}, { size: 2, stale: 0 }));
  const shown = (filter: Partial<PoolFilter>) =>
    [stale, well].filter((pool) => isPoolShown(pool, { ...ALL, ...filter })).map(({ game }) => game);

  it.each([
    [{}, ['steampunk2', 'odinbingo']],
    [{ health: 'stale' as const }, ['steampunk2']],
    [{ health: 'well' as const }, ['odinbingo']],
    [{ health: 'unread' as const }, []],
    [{ game: 'odinbingo' }, ['odinbingo']],
    [{ instance: 'bg-gate-0' }, ['steampunk2']],
    [{ typed: 'GATE-1 bingo' }, ['odinbingo']],
    [{ typed: 'bingo', health: 'stale' as const }, []],
  ])('%o leave %o', (filter, games) => {
    expect(shown(filter)).toEqual(games);
  });
});
