import { afterEach, describe, expect, test } from 'vitest';
import { RemotePod, until } from '../testing/remote-pod.ts';
import { GamePool } from './game-pool.ts';
import { StalenessWatch } from './staleness-watch.ts';

const toClose: { close(): unknown }[] = [];
afterEach(async () => {
  for (const one of toClose.splice(0).reverse()) await one.close();
});

/** Two pods with two connections each, in a pool that does nothing about them. */
async function watchedPool() {
  const pods = [await RemotePod.start('pod-0'), await RemotePod.start('pod-1')] as const;
  const pool = new GamePool({
    game: 'steampunk2',
    mode: 'unchecked',
    connectionsPerPod: 2,
    pods: pods.map(({ address }) => address),
  });
  const watch = new StalenessWatch({ pools: [pool], intervalMs: 100, pongMs: 400 });
  toClose.push(...pods, pool, { close: () => watch.stop() });
  await until(() => pool.connections.length === 4, 'a full pool');
  const verdicts = () =>
    Object.fromEntries(
      pool.connections.map((connection) => [connection.id, watch.verdictOf(connection).state]),
    );
  return { pods, pool, watch, verdicts };
}

describe('the watch', () => {
  test('finds every connection healthy as long as the pods live', async () => {
    const { pool, watch, verdicts } = await watchedPool();
    await watch.lookClosely(pool);
    expect(new Set(Object.values(verdicts()))).toEqual(new Set(['healthy']));
  });

  test('tells the connections of a pod that has gone from those of one that runs', async () => {
    const { pods, pool, watch, verdicts } = await watchedPool();
    await pods[0].vanish();
    await until(() => watch.count(pool, 'stale') === 2, 'two stale ones');
    expect(verdicts()).toEqual({
      'pod-0#1': 'stale',
      'pod-0#2': 'stale',
      'pod-1#1': 'healthy',
      'pod-1#2': 'healthy',
    });
  });

  test('proves with one look that a connection is older than its pod', async () => {
    const { pods, pool, watch } = await watchedPool();
    await pods[0].restart();
    await watch.lookClosely(pool);
    const stale = pool.connections.filter((connection) => watch.verdictOf(connection).state === 'stale');
    expect(stale.map(({ pod }) => pod)).toEqual(['pod-0', 'pod-0']);
    expect(watch.verdictOf(stale[0] ?? never()).reason).toContain(
      'It is older than its pod: pod-0 started at',
    );
  });

  test('only looks: what is stale stays', async () => {
    const { pods, pool, watch } = await watchedPool();
    const before = [...pool.connections];
    await pods[0].restart();
    await until(() => watch.count(pool, 'stale') === 2, 'two stale ones');
    await watch.lookClosely(pool);
    expect(pool.connections).toEqual(before);
  });

  test('holds a connection for healthy that was made after its last look', async () => {
    const { pods, pool, watch } = await watchedPool();
    await pods[0].restart();
    await until(() => watch.count(pool, 'stale') === 2, 'two stale ones');
    pool.fence(pool.connections.filter(({ pod }) => pod === 'pod-0'));
    await until(() => pool.connections.length === 6, 'two new ones');
    expect(watch.count(pool, 'healthy')).toBe(4);
  });
});

function never(): never {
  throw new Error('There is none');
}
