import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { drainAction } from './game/drain.ts';
import type { GamePod } from './game/game-pod.ts';
import { GameNight } from './testing/game-night.ts';
import { ToldRun } from './testing/told-run.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

const PATIENCE_MS = 30_000;
const SAMPLE_MS = 100;
/** With this a drain takes longer than any game, so that there is a middle to cancel it in. */
const LONG_SAMPLE_MS = 10_000;

let night: GameNight;
let disorder: Set<string>;
let watching: NodeJS.Timeout;
beforeEach(async () => {
  night = await GameNight.begin();
  disorder = new Set();
  watching = setInterval(() => {
    for (const sentence of night.findDisorder()) disorder.add(sentence);
  }, 5);
  await until(
    () => allAreSeated() && night.tally.counts.gamesFinished > 0,
    'all players seated and the first game finished',
  );
});
afterEach(async () => {
  clearInterval(watching);
  await night[Symbol.asyncDispose]();
});

async function until(holds: () => boolean, what: string): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  while (!holds()) {
    if (performance.now() > deadline) throw new Error(`Not within ${PATIENCE_MS} ms: ${what}`);
    await sleep(20);
  }
}

/** The pod with running games, and its drain under way. */
async function beginDrain(sampleMs = SAMPLE_MS) {
  const index = night.pods.findIndex(({ floor }) => floor.rooms().length > 0);
  const [pod, other] = [night.pods[index], night.pods[1 - index]];
  if (!pod || !other) throw new TypeError('No pod has a running game');
  const drain = drainAction(`steampunk2-${index}`, pod.floor, sampleMs);
  const preview = await drain.preview({});
  const run = new ToldRun(preview.targets.map(({ id }) => id));
  return { pod, other, preview, run, begunBefore: pod.floor.gamesBegun, result: drain.run(run) };
}

const allAreSeated = () => night.lobby.book.counts().players === night.players;
const playsOn = ({ floor }: GamePod) => floor.transactions.total;

function expectNoHarm(): void {
  const { disconnects, seatsLost, gamesCutShort, sits, plays } = night.tally.counts;
  expect({ disconnects, seatsLost, gamesCutShort }).toEqual({
    disconnects: 0,
    seatsLost: 0,
    gamesCutShort: 0,
  });
  expect([sits.steampunk2?.failed, plays.steampunk2?.failed]).toEqual([{}, {}]);
  expect([...disorder]).toEqual([]);
}

describe('games that end', () => {
  test('send their players into the next one, on one pod per room, four at most, and nothing fails', async () => {
    await until(() => night.tally.counts.gamesFinished > 2 * night.players, 'two games for each player');
    expectNoHarm();
    await until(allAreSeated, 'all players seated');
  });
});

describe('the drain of a pod where games run', () => {
  test('ends by itself with no game cut short and no new one, while everybody plays on elsewhere', async () => {
    const { pod, other, preview, run, begunBefore, result } = await beginDrain();
    expect(preview.targets.length).toBeGreaterThan(0);
    expect(await result).toMatchObject({ state: 'succeeded', playersDisconnected: 0 });
    const playsThen = playsOn(other);
    await until(() => playsOn(other) > playsThen + 3 * night.players, 'three plays for each player');
    expect(pod.floor.gamesBegun).toBe(begunBefore);
    expect(pod.floor.rooms()).toEqual([]);
    await until(() => pod.floor.players === 0, 'nobody left on the pod');
    expect([...run.outcomes.keys()].sort()).toEqual(preview.targets.map(({ id }) => id).sort());
    await until(allAreSeated, 'all players seated');
    expectNoHarm();
  });

  test('that is cancelled half-way serves again, and new games begin there', async () => {
    const { pod, run, begunBefore, result } = await beginDrain(LONG_SAMPLE_MS);
    await until(() => pod.floor.turnedAway > 0, 'a player turned away');
    expect(pod.floor.gamesBegun).toBe(begunBefore);
    run.cancel();
    expect(await result).toMatchObject({ state: 'cancelled', playersDisconnected: 0 });
    await until(() => pod.floor.gamesBegun > begunBefore, 'a new game');
    expectNoHarm();
  });
});

describe('when every pod is cordoned', () => {
  test('players are told so, and nobody is disconnected', async () => {
    for (const { floor } of night.pods) floor.change('cordon');
    await until(() => (night.tally.counts.sits.steampunk2?.failed.cordoned ?? 0) > 0, 'a refusal');
    expect(night.tally.counts).toMatchObject({ disconnects: 0, seatsLost: 0, gamesCutShort: 0 });
    for (const { floor } of night.pods) floor.change('take-back');
    await until(allAreSeated, 'all players seated again');
  });
});
