import { ActionRefused, type ActionResult, type ActionTarget } from '@opscenter/agent';
import { afterEach, describe, expect, test } from 'vitest';
import { flushPool } from './flush-pool.ts';
import { GamePool } from './pool/game-pool.ts';
import type { PooledConnection } from './pool/pooled-connection.ts';
import { StalenessWatch } from './pool/staleness-watch.ts';
import { RemotePod, until } from './testing/remote-pod.ts';

const GAME = { game: 'steampunk2' };
const toClose: { close(): unknown }[] = [];
afterEach(async () => {
  for (const one of toClose.splice(0).reverse()) await one.close();
});

/** A gateway's unchecked pool to two pods with two connections each, and the action on it. */
async function start() {
  const pods = [await RemotePod.start('pod-0'), await RemotePod.start('pod-1')] as const;
  const pool = new GamePool({
    ...GAME,
    mode: 'unchecked',
    connectionsPerPod: 2,
    pods: pods.map(({ address }) => address),
  });
  // No look of its own comes between those of the action.
  const watch = new StalenessWatch({ pools: [pool], intervalMs: 3_600_000 });
  toClose.push(...pods, pool, { close: () => watch.stop() });
  await until(() => pool.connections.length === 4, 'a full pool');
  const action = flushPool({ pools: [pool], watch, playersDropped: () => 0 });

  async function previewed() {
    const preview = await action.preview(GAME);
    const idsOf = (effect: ActionTarget['effect']) =>
      preview.targets.filter((target) => target.effect === effect).map(({ id }) => id);
    return { preview, touched: idsOf('touched'), kept: idsOf('kept') };
  }

  async function run(confirmed: readonly string[], signal = new AbortController().signal) {
    const steps: string[] = [];
    const outcomes: Record<string, string> = {};
    const result = await action.run({
      parameters: GAME,
      confirmed: new Set(confirmed),
      signal,
      step: (phase) => steps.push(phase),
      outcome: (id, outcome) => {
        outcomes[id] = outcome;
      },
      waitingFor: () => undefined,
    });
    return { steps, outcomes, result };
  }
  return { pods, pool, action, previewed, run };
}

const failedChecks = (result: ActionResult) =>
  result.checks.filter(({ passed }) => !passed).map(({ name }) => name);
const openOf = (connections: readonly PooledConnection[]) =>
  connections.filter(({ state }) => state === 'open').map(({ id }) => id);

describe('the preview of pool.flush', () => {
  test('lists every connection of the game, the stale ones as touched and each with its reason', async () => {
    const { pods, previewed } = await start();
    await pods[0].restart();
    const { preview, touched, kept } = await previewed();
    expect(touched).toEqual(['pod-0#1', 'pod-0#2']);
    expect(kept).toEqual(['pod-1#1', 'pod-1#2']);
    expect(preview).toMatchObject({ playersAffected: 0, playersDisconnected: 0 });
    for (const { effect, reason } of preview.targets)
      expect(reason).toContain(effect === 'touched' ? 'It is older than its pod' : 'It answers');
  });

  test('counts each player once who waits on a stale connection, and nobody who waits on a healthy one', async () => {
    const { pods, pool, previewed } = await start();
    await pods[0].restart();
    const waiting = [
      pool.request('pod-0', 'play', { session: 'anna' }),
      pool.request('pod-0', 'play', { session: 'anna' }),
      pool.request('pod-0', 'play', { session: 'bert' }),
      pool.request('pod-1', 'never', { session: 'carl' }),
    ];
    const answers = Promise.allSettled(waiting);
    await until(() => pool.state().inFlight === 4, 'four requests');
    const { preview } = await previewed();
    expect(preview.playersAffected).toBe(2);
    await answers;
  });

  test('changes nothing', async () => {
    const { pods, pool, previewed } = await start();
    await pods[0].restart();
    const before = openOf(pool.connections);
    await previewed();
    expect(openOf(pool.connections)).toEqual(before);
  });

  test.each([{}, { game: 'chess' }, { game: 'steampunk2', force: true }])(
    'refuses %j',
    async (parameters) => {
      const { action } = await start();
      await expect((async () => action.preview(parameters))()).rejects.toBeInstanceOf(ActionRefused);
    },
  );
});

describe('a run of pool.flush', () => {
  test('closes exactly what the preview listed, and the healthy connections stay the same', async () => {
    const { pods, pool, previewed, run } = await start();
    await pods[0].restart();
    const { touched, kept } = await previewed();
    const healthy = pool.connections.filter(({ id }) => kept.includes(id));
    const { steps, outcomes, result } = await run(touched);
    expect(steps).toEqual(['fencing', 'closing', 'verifying']);
    expect(outcomes).toEqual({ 'pod-0#1': 'done', 'pod-0#2': 'done' });
    expect(result).toMatchObject({ state: 'succeeded', playersAffected: 0, playersDisconnected: 0 });
    expect(failedChecks(result)).toEqual([]);
    await until(() => openOf(pool.connections).length === 4, 'a full pool');
    expect(openOf(pool.connections).sort()).toEqual(['pod-0#3', 'pod-0#4', 'pod-1#1', 'pod-1#2']);
    expect(pool.connections).toEqual(expect.arrayContaining(healthy));
    expect(await pool.request('pod-0', 'play', { session: 's' })).toBeGreaterThan(0);
  });

  test('ends the waiting of players on stale connections at once and counts them', async () => {
    const { pods, pool, previewed, run } = await start();
    await pods[0].restart();
    const { touched } = await previewed();
    const startedAt = performance.now();
    const answer = pool.request('pod-0', 'play', { session: 'anna' }).then(
      () => 'answered',
      () => Math.round(performance.now() - startedAt),
    );
    const { result } = await run(touched);
    expect(result.playersAffected).toBe(1);
    // Its own time-out is 5 s.
    expect(await answer).toBeLessThan(4_500);
  });

  test('does not touch what became stale after the preview, and says so', async () => {
    const { pods, pool, previewed, run } = await start();
    await pods[0].restart();
    const { touched } = await previewed();
    await pods[1].restart();
    const { outcomes, result } = await run(touched);
    expect(Object.keys(outcomes).sort()).toEqual(touched);
    expect(openOf(pool.connections)).toEqual(expect.arrayContaining(['pod-1#1', 'pod-1#2']));
    expect(result.state).toBe('partial');
    expect(failedChecks(result)).toEqual(['No stale connection is left']);
    expect(result.message).toContain('2 stale connections were not confirmed');
  });

  test('keeps what is healthy though somebody has confirmed it, and tells what is gone', async () => {
    const { pool, run } = await start();
    const before = openOf(pool.connections);
    const { outcomes, result } = await run(['pod-0#1', 'pod-9#9']);
    expect(outcomes).toEqual({ 'pod-0#1': 'kept', 'pod-9#9': 'kept' });
    expect(result).toMatchObject({ state: 'succeeded', message: 'There was nothing to close.' });
    expect(openOf(pool.connections)).toEqual(before);
  });

  test('says that a pod does not answer when it is still away', async () => {
    const { pods, previewed, run } = await start();
    await pods[0].vanish();
    const { touched } = await previewed();
    const { result } = await run(touched);
    expect(result.state).toBe('partial');
    expect(failedChecks(result)).toEqual(['pod-0 answers over a new connection']);
  });

  test('takes everything back when it is cancelled before anything was closed', async () => {
    const { pods, pool, previewed, run } = await start();
    await pods[0].restart();
    const { touched } = await previewed();
    const { outcomes, result } = await run(touched, AbortSignal.abort());
    expect(result.state).toBe('cancelled');
    expect(outcomes).toEqual({ 'pod-0#1': 'kept', 'pod-0#2': 'kept' });
    expect(openOf(pool.connections)).toEqual(expect.arrayContaining(touched));
  });
});
