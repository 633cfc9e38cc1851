import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';
import type { PoolMode } from '../../pool-mode.ts';
import { RemotePod, until } from '../testing/remote-pod.ts';
import { CHECKED_LIMITS, CheckedDiscipline, type CheckedLimits } from './checked-discipline.ts';
import { GamePool } from './game-pool.ts';
import { UNCHECKED_LIMITS, UncheckedDiscipline, type UncheckedLimits } from './unchecked-discipline.ts';

const toClose: { close(): unknown }[] = [];
afterEach(async () => {
  for (const one of toClose.splice(0).reverse()) await one.close();
});

interface Setup {
  mode: PoolMode;
  checked?: Partial<CheckedLimits>;
  unchecked?: Partial<UncheckedLimits>;
  podNames?: readonly string[];
}

async function fullPool({ mode, checked, unchecked, podNames = ['pod-0'] }: Setup) {
  const pods = await Promise.all(podNames.map((name) => RemotePod.start(name)));
  const pool = new GamePool({
    game: 'steampunk2',
    connectionsPerPod: 3,
    mode,
    pods: pods.map(({ address }) => address),
    disciplines: {
      checked: (view) => new CheckedDiscipline(view, { ...CHECKED_LIMITS, ...checked }),
      unchecked: (view) => new UncheckedDiscipline(view, { ...UNCHECKED_LIMITS, ...unchecked }),
    },
  });
  toClose.push(...pods, pool);
  await until(() => pool.connections.length === 3 * pods.length, 'a full pool');
  const play = (pod = 'pod-0') => pool.request(pod, 'play', { session: 's' });
  return { pods, pool, play, ids: () => pool.connections.map(({ id }) => id).sort() };
}

describe.each(['checked', 'unchecked'] as const)('the %s pool', (mode) => {
  test('uses all connections of a pod in turn', async () => {
    const { play } = await fullPool({ mode });
    expect(new Set(await Promise.all([play(), play(), play()])).size).toBe(3);
  });

  test('gives no fenced connection to anybody and makes others in their place', async () => {
    const { pool, play } = await fullPool({ mode });
    const fenced = [...pool.connections];
    pool.fence(fenced);
    await until(() => pool.connections.length === 6, 'three new ones');
    await Promise.all([play(), play(), play(), play()]);
    expect(fenced.map(({ lastAnsweredAt, createdAt }) => lastAnsweredAt - createdAt)).toEqual([0, 0, 0]);
  });

  test('refuses a pod that it does not know', async () => {
    const { play } = await fullPool({ mode });
    await expect(play('nowhere')).rejects.toMatchObject({ code: 'game-unavailable' });
  });
});

describe('the checked pool', () => {
  test('answers soon after the pod has restarted, and keeps nothing that leads to the old one', async () => {
    const { pods, play, ids } = await fullPool({ mode: 'checked' });
    const before = ids();
    // Nothing may be trusted that was heard from the old pod.
    await sleep(CHECKED_LIMITS.trustMs);
    await pods[0]?.restart();
    expect(await play()).toBeGreaterThan(0);
    await until(() => ids().length === 3, 'a full pool');
    expect(ids().filter((id) => before.includes(id))).toEqual([]);
  });

  test('says that a game is unavailable while its pod is away, and passes it over from then on', async () => {
    const { pods, pool, play } = await fullPool({ mode: 'checked', podNames: ['pod-0', 'pod-1'] });
    await sleep(CHECKED_LIMITS.trustMs);
    await pods[0]?.vanish();
    await expect(play()).rejects.toMatchObject({ code: 'game-unavailable' });
    expect(pool.reachablePods).toEqual(['pod-1']);
    expect(await play('pod-1')).toBeGreaterThan(0);
  });

  test('keeps the connections that answer when only some are dead', async () => {
    const { pods, play, ids } = await fullPool({ mode: 'checked', podNames: ['pod-0', 'pod-1'] });
    const before = ids().filter((id) => id.startsWith('pod-1'));
    await sleep(CHECKED_LIMITS.trustMs);
    await pods[0]?.restart();
    await play();
    await play('pod-1');
    expect(ids().filter((id) => id.startsWith('pod-1'))).toEqual(before);
  });

  test('finds dead connections by heartbeat and cleans them away though nobody uses them', async () => {
    const { pods, ids } = await fullPool({
      mode: 'checked',
      checked: { heartbeatMs: 100, cleanMs: 150, pongMs: 100 },
    });
    const before = ids();
    await pods[0]?.restart();
    await until(
      () => ids().length === 3 && ids().every((id) => !before.includes(id)),
      'three connections to the new pod',
    );
  });

  test('replaces connections that have been idle for long', async () => {
    const { ids } = await fullPool({ mode: 'checked', checked: { cleanMs: 50, idleMs: 200 } });
    const before = ids();
    await until(() => ids().length === 3 && ids().every((id) => !before.includes(id)), 'three others');
  });
});

/** Whether the system has a keep-alive timer for the connection, by proc(5): timer 02. */
async function isKeptAlive(localPort: number): Promise<boolean> {
  const port = localPort.toString(16).toUpperCase().padStart(4, '0');
  const line = (await readFile('/proc/net/tcp', 'utf8'))
    .split('\n')
    .find((candidate) => candidate.trim().split(/\s+/)[1] === `0100007F:${port}`);
  return line?.trim().split(/\s+/)[5]?.startsWith('02:') ?? false;
}

describe.runIf(process.platform === 'linux')('TCP keep-alive', () => {
  test.each([
    ['checked', true],
    ['unchecked', false],
  ] as const)('of the %s pool: %s', async (mode, kept) => {
    const { pool } = await fullPool({ mode });
    for (const { localPort } of pool.connections) {
      // While something is unacknowledged, the system shows the timer of that.
      if (kept) await until(() => isKeptAlive(localPort), 'a keep-alive timer');
      else expect(await isKeptAlive(localPort)).toBe(false);
    }
  });
});

describe('the unchecked pool', () => {
  const idleSoon: Partial<UncheckedLimits> = { idleMs: 300, sweepMs: 50 };

  test('goes on handing out the dead connections of a busy game', async () => {
    const { pods, pool, play, ids } = await fullPool({
      mode: 'unchecked',
      unchecked: { ...idleSoon, busyRequestsPerMinute: 5 },
    });
    await Promise.all([play(), play(), play(), play(), play()]);
    const before = ids();
    await pods[0]?.restart();
    await expect(play()).rejects.toMatchObject({ code: 'link-broken' });
    expect(ids()).toEqual(before);
    expect(pool.reachablePods).toEqual(['pod-0']);
  });

  test('heals the game that is quiet, even while somebody tries now and then', async () => {
    const { pods, play, ids } = await fullPool({ mode: 'unchecked', unchecked: idleSoon });
    await play();
    const before = ids();
    await pods[0]?.restart();
    // Lost with the connection that it was sent over, long before its own time is up.
    await expect(play()).rejects.toMatchObject({ code: 'link-broken' });
    await until(() => ids().every((id) => !before.includes(id)), 'others');
    expect(await play()).toBeGreaterThan(0);
  });
});

describe('the switch', () => {
  test('changes how connections are chosen and leaves them as they are', async () => {
    const { pods, pool, play, ids } = await fullPool({ mode: 'unchecked' });
    const before = ids();
    pool.setMode('checked');
    expect(pool.mode).toBe('checked');
    expect(ids()).toEqual(before);
    await sleep(CHECKED_LIMITS.trustMs);
    await pods[0]?.restart();
    expect(await play()).toBeGreaterThan(0);
  });
});
