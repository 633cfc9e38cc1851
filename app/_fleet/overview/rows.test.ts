import { describe, expect, it } from 'vitest';
import { anInstance, aService } from '../fleet-builders.ts';
import { cellsOf, MOST_CELLS, overviewRows } from './rows.ts';

/** When the builders' instances came into their condition. */
const DIED = Date.parse('2026-03-05T12:00:00.000Z');

const many = (count: number, odd: Record<number, 'stuck' | 'strained' | 'dead'> = {}) =>
  aService(
    'a',
    Array.from({ length: count }, (_, i) => anInstance('a', `a-${i}`, odd[i] ?? 'well')),
  );

describe('the rows of the overview', () => {
  const services = [
    aService('wallet', [anInstance('wallet', 'wallet-0')], { tier: 'data' }),
    aService('game-10', [anInstance('game-10', 'x')], { tier: 'game' }),
    aService('game-9', [anInstance('game-9', 'y')], { tier: 'game' }),
    aService('gate', [anInstance('gate', 'gate-0')], { tier: 'edge' }),
  ];
  const written = (filter: string) =>
    overviewRows(services, filter).map((row) => (row.row === 'tier' ? `[${row.tier}]` : row.service.name));

  it('stand by tier, then by name with numbers in their order', () => {
    expect(written('')).toEqual(['[edge]', 'gate', '[game]', 'game-9', 'game-10', '[data]', 'wallet']);
  });

  it('are filtered by the service or by one of its instances, and tiers without any leave', () => {
    expect(written('GAME')).toEqual(['[game]', 'game-9', 'game-10']);
    expect(written('gate-0')).toEqual(['[edge]', 'gate']);
    expect(written('nothing')).toEqual([]);
  });
});

describe('the cells of a service', () => {
  it('are named while they are few', () => {
    expect(cellsOf(many(3), DIED).named).toBe(true);
    expect(cellsOf(many(30), DIED)).toMatchObject({ named: false, hidden: 0 });
  });

  it('always show those in trouble, and count the well ones that have no room', () => {
    const { shown, hidden, hiddenWell } = cellsOf(many(500, { 499: 'stuck', 250: 'strained' }), DIED);
    expect(shown).toHaveLength(MOST_CELLS);
    expect(shown.map(({ name }) => name)).toEqual(expect.arrayContaining(['a-499', 'a-250', 'a-0']));
    expect({ hidden, hiddenWell }).toEqual({ hidden: 500 - MOST_CELLS, hiddenWell: 500 - MOST_CELLS });
  });

  it('show the most urgent where not even all troubles have room', () => {
    const odd = Object.fromEntries(
      Array.from({ length: 100 }, (_, i) => [i, i === 99 ? 'stuck' : 'strained'] as const),
    );
    const { shown, hidden, hiddenWell } = cellsOf(many(120, odd), DIED);
    expect(shown.map(({ name }) => name)).toContain('a-99');
    expect(hidden).toBe(120 - MOST_CELLS);
    expect(hiddenWell).toBe(20);
  });

  const successorOf = (name: string) =>
    anInstance('a', name, 'well', { id: `a.0-${name}`, startedAt: '2026-03-05T13:00:00.000Z' } as object);

  it('keep one that died beside its successor for 30 seconds, then the successor alone', () => {
    const old = anInstance('a', 'a-0', 'dead');
    const young = successorOf('a-0');
    const service = aService('a', [young, old]);
    expect(cellsOf(service, DIED + 29_999)).toMatchObject({ shown: [old, young], changesAt: DIED + 30_000 });
    expect(cellsOf(service, DIED + 30_000)).toMatchObject({ shown: [young], changesAt: null });
  });

  it('leave out at once what stopped in good order and was replaced', () => {
    const young = successorOf('a-0');
    const cells = cellsOf(aService('a', [anInstance('a', 'a-0', 'stopped'), young]), DIED);
    expect(cells).toMatchObject({ shown: [young], changesAt: null });
  });

  it('keep the one that died for good, and their names while one more of them stands there', () => {
    expect(cellsOf(aService('a', [anInstance('a', 'a-0', 'dead')]), DIED + 1e9).shown).toHaveLength(1);
    const six = many(6, { 0: 'dead' });
    const cells = cellsOf({ ...six, instances: [...six.instances, successorOf('a-0')] }, DIED);
    expect(cells).toMatchObject({ named: true });
    expect(cells.shown).toHaveLength(7);
  });
});
