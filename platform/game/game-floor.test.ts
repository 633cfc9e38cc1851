import { describe, expect, test } from 'vitest';
import { LinkRefusal } from '../link/link-message.ts';
import { seededRandom } from '../random.ts';
import { bingo } from './bingo.ts';
import { GameFloor } from './game-floor.ts';
import { steamReels } from './steam-reels.ts';

describe('GameFloor', () => {
  test('plays for those who are seated and for nobody else', () => {
    const floor = new GameFloor(() => ({ winCents: 30, shown: [] }), seededRandom(1));
    floor.enter('s', 'room');
    expect(floor.play('s', 100)).toMatchObject({ winCents: 30, balanceCents: 99_930 });
    expect(() => floor.play('t', 100)).toThrow(LinkRefusal);
    expect(floor.transactions.total).toBe(1);
  });

  test('entering again keeps the balance', () => {
    const floor = new GameFloor(() => ({ winCents: 0, shown: [] }), seededRandom(1));
    floor.enter('s', 'room');
    floor.play('s', 500);
    expect(floor.enter('s', 'other room')).toEqual({ balanceCents: 99_500 });
    expect(floor.rooms).toBe(1);
  });

  test('lets go of whoever has not played for five minutes', () => {
    let now = 0;
    const floor = new GameFloor(steamReels, seededRandom(1), () => now);
    floor.enter('quiet', 'room');
    now = 200_000;
    floor.enter('busy', 'room');
    now = 300_000;
    floor.sweep();
    expect(floor.players).toBe(1);
    expect(floor.play('busy', 10).shown).toHaveLength(5);
  });
});

describe.each([
  ['steamReels', steamReels, 0.4, 1.1],
  ['bingo', bingo, 0.4, 1.1],
] as const)('%s', (_, rules, low, high) => {
  test('is the same game for the same seed and pays back less than a fortune', () => {
    const [one, other] = [seededRandom(5), seededRandom(5)];
    let paid = 0;
    const rounds = 20_000;
    for (let round = 0; round < rounds; round++) {
      const result = rules(100, one);
      expect(rules(100, other)).toEqual(result);
      paid += result.winCents;
    }
    expect(paid / (rounds * 100)).toBeGreaterThan(low);
    expect(paid / (rounds * 100)).toBeLessThan(high);
  });
});
