import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { seededRandom } from '../random.ts';
import { ToldRun } from '../testing/told-run.ts';
import { drainAction } from './drain.ts';
import { GameFloor } from './game-floor.ts';

const SAMPLE_MS = 20;

/** A pod whose games take so long, in real time. */
function podWith(gameMs: number) {
  let skippedMs = 0;
  const floor = new GameFloor({
    game: { rules: () => ({ winCents: 0, shown: [] }), shortestMs: gameMs, longestMs: gameMs },
    random: seededRandom(1),
    durations: seededRandom(2),
    now: () => Date.now() + skippedMs,
  });
  return { floor, skip: (ms: number) => (skippedMs += ms), drain: drainAction('pod-0', floor, SAMPLE_MS) };
}

const refused = (sentence: string) =>
  expect.objectContaining({ name: 'ActionRefused', message: expect.stringContaining(sentence) });

describe('the preview of a drain', () => {
  test('lists the rooms that a game runs in, with their players and how long', async () => {
    const { floor, drain } = podWith(30_000);
    for (const session of ['s', 't']) floor.enter(session, 'g:1');
    floor.enter('u', 'g:2');
    const preview = await drain.preview({});
    expect(preview).toMatchObject({ playersAffected: 3, playersDisconnected: 0 });
    expect(preview.targets).toEqual([
      {
        id: 'g:1',
        name: 'Room 1',
        players: 2,
        effect: 'awaited',
        reason: expect.stringMatching(/for (29|30) s more/),
      },
      {
        id: 'g:2',
        name: 'Room 2',
        players: 1,
        effect: 'awaited',
        reason: expect.stringMatching(/for (29|30) s more/),
      },
    ]);
    expect(preview.estimatedMs).toBeGreaterThan(29_000);
    expect(preview.estimatedMs).toBeLessThan(31_000);
    expect(floor.state.state).toBe('serving');
  });

  test('lists a room between two games too: the next would begin before anybody has read the list', async () => {
    const { floor, drain } = podWith(1);
    floor.enter('s', 'g:1');
    await sleep(5);
    expect((await drain.preview({})).targets).toEqual([
      {
        id: 'g:1',
        name: 'Room 1',
        players: 1,
        effect: 'awaited',
        reason: expect.stringContaining('just ended'),
      },
    ]);
  });

  test('is refused for parameters', () => {
    expect(() => podWith(1).drain.preview({ force: true })).toThrow(refused('no parameters'));
  });
});

describe('a drain', () => {
  test('waits until every game has ended by itself, and leaves the pod cordoned', async () => {
    const { floor, drain } = podWith(1_000);
    for (const session of ['s', 't']) floor.enter(session, 'g:1');
    await sleep(100);
    floor.enter('u', 'g:2');
    const run = new ToldRun(['g:1', 'g:2', 'g:9']);
    const result = drain.run(run);
    expect(() => floor.enter('v', 'g:3')).toThrow('takes no new rooms');
    floor.enter('back', 'g:1');
    expect(await result).toMatchObject({
      state: 'succeeded',
      playersAffected: 4,
      playersDisconnected: 0,
      checks: [
        { name: 'No game cut short', passed: true, detail: expect.stringContaining('2 ended') },
        { name: 'No new game', passed: true, detail: expect.stringContaining('1 wishes') },
        { name: 'Empty', passed: true },
      ],
    });
    expect(run.steps).toEqual(['cordoned', 'draining', 'empty']);
    expect(Object.fromEntries(run.outcomes)).toEqual({ 'g:1': 'done', 'g:2': 'done', 'g:9': 'kept' });
    expect(run.waits[0]?.targets.map(({ id }) => id)).toEqual(['g:1', 'g:2']);
    expect(run.waits.slice(-2).map(({ targets }) => targets.length)).toEqual([0, 0]);
    const remaining = run.waits.map(({ remainingMs = 0 }) => remainingMs);
    expect(remaining).toEqual(remaining.toSorted((a, b) => b - a));
    expect(floor.state.state).toBe('drained');
    expect(() => floor.enter('w', 'g:1')).toThrow('takes no new rooms');
    expect(() => drain.preview({})).toThrow(refused('until it is restarted'));
  });

  test('counts a player once, however often the seat changes', async () => {
    const { floor, drain } = podWith(500);
    floor.enter('seat-1', 'g:1', 'aino');
    floor.enter('seat-2', 'g:1', 'eino');
    const preview = await drain.preview({});
    const result = drain.run(new ToldRun(['g:1']));
    floor.leave('seat-1');
    floor.enter('seat-3', 'g:1', 'aino');
    expect((await result).playersAffected).toBe(preview.playersAffected);
    expect(preview.playersAffected).toBe(2);
  });

  test('that is cancelled gives the pod back as it was, with its running games', async () => {
    const { floor, drain } = podWith(10_000);
    floor.enter('s', 'g:1');
    const run = new ToldRun(['g:1']);
    const result = drain.run(run);
    await sleep(2 * SAMPLE_MS);
    expect(floor.state.state).toBe('draining');
    expect(() => drain.preview({})).toThrow(refused('already'));
    await expect(drain.run(new ToldRun(['g:1']))).rejects.toThrow(refused('already'));
    run.cancel();
    expect(await result).toMatchObject({ state: 'cancelled', playersAffected: 0, playersDisconnected: 0 });
    expect(floor.state.state).toBe('serving');
    expect(run.outcomes.get('g:1')).toBe('kept');
    expect(floor.play('s', 10)).toBeTruthy();
    floor.enter('t', 'g:2');
    expect(floor.rooms()).toHaveLength(2);
    expect((await drain.preview({})).targets).toHaveLength(2);
  });

  test('cancelled before it has begun changes nothing for good', async () => {
    const { floor, drain } = podWith(10_000);
    const run = new ToldRun([]);
    run.cancel();
    expect(await drain.run(run)).toMatchObject({ state: 'cancelled' });
    expect(floor.state.state).toBe('serving');
  });

  test('waits for a room that came after the preview, too', async () => {
    const { floor, drain } = podWith(50);
    floor.enter('s', 'g:1');
    floor.enter('t', 'g:2');
    const run = new ToldRun(['g:1']);
    expect(await drain.run(run)).toMatchObject({ state: 'succeeded', playersAffected: 2 });
    expect(run.waits[0]?.targets.map(({ id }) => id)).toEqual(['g:1', 'g:2']);
    expect([...run.outcomes.keys()]).toEqual(['g:1']);
  });

  test('of an empty pod is done at once', async () => {
    const { floor, drain } = podWith(10_000);
    const run = new ToldRun([]);
    expect(await drain.run(run)).toMatchObject({ state: 'succeeded', playersAffected: 0 });
    expect(run.waits).toHaveLength(2);
    expect(floor.state.state).toBe('drained');
  });

  test('does not wait for the rest of a game that all players have left', async () => {
    const { floor, drain, skip } = podWith(60_000);
    floor.enter('s', 'g:1');
    floor.leave('s');
    const run = new ToldRun(['g:1']);
    const result = drain.run(run);
    expect(run.waits[0]?.targets[0]?.reason).toContain('All its players have left');
    skip(10_000);
    expect(await result).toMatchObject({ state: 'succeeded', playersAffected: 0 });
    expect(floor.rooms()).toEqual([]);
  });
});
