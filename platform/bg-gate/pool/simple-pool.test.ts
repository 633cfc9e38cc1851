import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';
import { type LinkServer, startLinkServer } from '../../link/link-server.ts';
import { SimplePool } from './simple-pool.ts';

const toClose: { close(): unknown }[] = [];
afterEach(async () => {
  for (const one of toClose.splice(0).reverse()) await one.close();
});

async function startPod(port = 0): Promise<LinkServer> {
  const pod = await startLinkServer({
    port,
    maxConnections: 16,
    health: () => ({}),
    handlers: { play: (_, caller) => caller.id },
  });
  toClose.push(pod);
  return pod;
}

function poolTo(pods: readonly LinkServer[]): SimplePool {
  const pool = new SimplePool({
    game: 'steampunk2',
    connectionsPerPod: 3,
    pods: pods.map((pod, index) => ({ pod: `pod-${index}`, url: `ws://127.0.0.1:${pod.port}` })),
  });
  toClose.push(pool);
  return pool;
}

async function until(holds: () => boolean): Promise<void> {
  const deadline = performance.now() + 10_000;
  while (!holds()) {
    if (performance.now() > deadline) throw new Error('not within 10 s');
    await sleep(20);
  }
}

describe('SimplePool', () => {
  test('fills itself and uses all connections of a pod in turn', async () => {
    const pool = poolTo([await startPod(), await startPod()]);
    await until(() => pool.state().size === 6);
    expect(pool.state()).toMatchObject({ target: 6, healthy: 6, inFlight: 0 });
    const used = await Promise.all([1, 2, 3].map(() => pool.take('pod-0').request('play', {})));
    expect(new Set(used).size).toBe(3);
  });

  test('drops the connections of a pod that has ended and refuses to use it', async () => {
    const [first, second] = [await startPod(), await startPod()];
    const pool = poolTo([first, second]);
    await until(() => pool.state().size === 6);
    await first.close();
    await until(() => pool.state().size === 3);
    expect(pool.reachablePods).toEqual(['pod-1']);
    expect(() => pool.take('pod-0')).toThrow('There is no connection to pod-0');
  });

  test('is full again soon after the pod is back', async () => {
    const first = await startPod();
    const pool = poolTo([first]);
    await until(() => pool.state().size === 3);
    const { port } = first;
    await first.close();
    await until(() => pool.state().size === 0);
    await startPod(port);
    await until(() => pool.state().size === 3);
    expect(await pool.take('pod-0').request('play', {})).toBeGreaterThan(0);
  });
});
