import { describe, expect, test } from 'vitest';
import { seededRandom } from '../random.ts';
import { bingo } from './bingo.ts';
import { GameFloor } from './game-floor.ts';
import type { GameEnd } from './game-room.ts';
import type { Rules } from './rules.ts';
import { steamReels } from './steam-reels.ts';

function floorAt(rules: Rules = () => ({ winCents: 30, shown: [] })) {
  let now = 1_000_000;
  const floor = new GameFloor({
    game: { rules, shortestMs: 40_000, longestMs: 70_000 },
    random: seededRandom(1),
    durations: seededRandom(2),
    now: () => now,
  });
  return { floor, pass: (ms: number) => (now += ms) };
}

const refusal = (code: string) => expect.objectContaining({ code });

describe('GameFloor', () => {
  test('plays for those who are seated and for nobody else', () => {
    const { floor } = floorAt();
    floor.enter('s', 'room');
    expect(floor.play('s', 100)).toMatchObject({ winCents: 30, balanceCents: 99_930 });
    expect(() => floor.play('t', 100)).toThrow(refusal('not-seated'));
    expect(floor.transactions.total).toBe(1);
  });

  test('begins a game with the first player; whoever comes later plays in the same until its end', () => {
    const { floor, pass } = floorAt();
    const { endsInMs } = floor.enter('s', 'room');
    expect(endsInMs).toBeGreaterThanOrEqual(40_000);
    expect(endsInMs).toBeLessThanOrEqual(70_000);
    pass(30_000);
    expect(floor.enter('t', 'room').endsInMs).toBe(endsInMs - 30_000);
    expect(floor.gamesBegun).toBe(1);
    expect(floor.rooms().map(({ id, sessions }) => [id, sessions.size])).toEqual([['room', 2]]);
  });

  test('ends a game by itself and tells each player of it once, at the next play', () => {
    const { floor, pass } = floorAt();
    const ends: GameEnd[] = [];
    using _listening = floor.onGameEnd((end) => ends.push(end));
    const { endsInMs } = floor.enter('s', 'room');
    floor.enter('t', 'room');
    pass(endsInMs - 1);
    floor.play('s', 10);
    pass(1);
    expect(() => floor.play('s', 10)).toThrow(refusal('game-over'));
    expect(() => floor.play('s', 10)).toThrow(refusal('not-seated'));
    expect(floor.rooms()).toEqual([]);
    expect(floor.roomsBetweenGames()).toEqual(['room']);
    expect([...floor.visitsIn('room')]).toEqual(['t']);
    expect(ends).toEqual([expect.objectContaining({ room: 'room', reason: 'time', players: 2 })]);
    expect(floor.transactions.total).toBe(1);
  });

  test('begins the next game when a player is back, while the others are still to be told', () => {
    const { floor, pass } = floorAt();
    pass(floor.enter('s', 'room').endsInMs);
    floor.enter('t', 'room');
    expect(floor.gamesBegun).toBe(2);
    expect([...floor.visitsIn('room')]).toEqual(['s', 't']);
    expect(floor.play('t', 10)).toMatchObject({ winCents: 30 });
    expect(() => floor.play('s', 10)).toThrow(refusal('game-over'));
  });

  test('draws other durations for other games, and the same for the same seed', () => {
    const durationsOf = () => {
      const { floor } = floorAt();
      return Array.from({ length: 20 }, (_, index) => floor.enter(`s${index}`, `r${index}`).endsInMs);
    };
    expect(durationsOf()).toEqual(durationsOf());
    expect(new Set(durationsOf()).size).toBeGreaterThan(15);
  });

  test('keeps an empty room 10 s for whoever comes back', () => {
    const { floor, pass } = floorAt();
    floor.enter('s', 'room');
    floor.leave('s');
    pass(9_000);
    floor.enter('t', 'room');
    expect(floor.gamesBegun).toBe(1);
    floor.leave('t');
    pass(10_000);
    expect(floor.rooms()).toEqual([]);
  });

  test('a cordon lets nobody begin a game, and everybody into a running one', () => {
    const { floor, pass } = floorAt();
    const { endsInMs } = floor.enter('s', 'room');
    expect(floor.change('cordon')).toBe(true);
    expect(() => floor.enter('t', 'other')).toThrow(refusal('cordoned'));
    expect(floor.enter('t', 'room').endsInMs).toBe(endsInMs);
    pass(endsInMs);
    expect(() => floor.enter('t', 'room')).toThrow(refusal('cordoned'));
    expect(floor.turnedAway).toBe(2);
    expect(floor.change('take-back')).toBe(true);
    floor.enter('t', 'room');
    expect(floor.gamesBegun).toBe(2);
  });

  test('entering again keeps the balance', () => {
    const { floor } = floorAt(() => ({ winCents: 0, shown: [] }));
    floor.enter('s', 'room');
    floor.play('s', 500);
    expect(floor.enter('s', 'other room').balanceCents).toBe(99_500);
    expect(floor.rooms().map(({ sessions }) => sessions.size)).toEqual([0, 1]);
  });

  test('lets go of whoever has not been heard of for two minutes when the game is over', () => {
    const { floor, pass } = floorAt(steamReels);
    floor.enter('quiet', 'room');
    pass(119_000);
    floor.enter('busy', 'room');
    floor.sweep();
    expect(floor.players).toBe(2);
    pass(1_000);
    floor.sweep();
    expect(floor.players).toBe(1);
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
