import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { flushPool } from './bg-gate/flush-pool.ts';
import { Gateway } from './bg-gate/gateway.ts';
import { GamePool } from './bg-gate/pool/game-pool.ts';
import { StalenessWatch } from './bg-gate/pool/staleness-watch.ts';
import { type GamePod, startGamePod } from './game/game-pod.ts';
import { steamReels } from './game/steam-reels.ts';
import { startLinkServer } from './link/link-server.ts';
import { startLobby } from './lobby/lobby-server.ts';
import { Player } from './players/player.ts';
import { Tally } from './players/tally.ts';
import { startRelay } from './relay/relay.ts';
import { ToldRun } from './testing/told-run.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 30_000 });

const GAME = { game: 'steampunk2' };
const SEATED = 6;

const toClose: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of toClose.splice(0).reverse()) await close();
});

async function startPod(index: number, port = 0): Promise<GamePod> {
  const game = { rules: steamReels, shortestMs: 600_000, longestMs: 600_000 };
  const pod = await startGamePod({ name: `pod-${index}`, service: GAME.game, game, port, seed: index });
  toClose.push(() => pod.close());
  return pod;
}

/** Says yes to everybody: passwords are not what this is about. */
async function startLogins(): Promise<number> {
  const server = createServer((_, response) => response.writeHead(200).end());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  toClose.push(() => server.close().closeAllConnections());
  return (server.address() as AddressInfo).port;
}

/** Pods behind relays, a lobby, a gateway that does not check, and players who sit in the game. */
async function startIncident() {
  const pods = [await startPod(0), await startPod(1)] as const;
  const lobby = await startLobby(0);
  toClose.push(() => lobby.close());
  const routes = await Promise.all(
    pods.map(async ({ port }, index) => {
      const relay = await startRelay({ port: 0, targetPort: port, maxConnections: 64 });
      toClose.push(() => relay.close());
      return {
        pod: `pod-${index}`,
        url: `ws://127.0.0.1:${relay.port}`,
        healthUrl: `http://127.0.0.1:${port}/health`,
      };
    }),
  );
  const pool = new GamePool({ ...GAME, mode: 'unchecked', connectionsPerPod: 3, pods: routes });
  const watch = new StalenessWatch({ pools: [pool] });
  const gateway = new Gateway({
    pools: [pool],
    lobbyUrl: `ws://127.0.0.1:${lobby.port}`,
    userServicePort: await startLogins(),
  });
  const door = await startLinkServer({
    port: 0,
    maxConnections: 100,
    handlers: gateway.handlers,
    health: () => ({}),
    onConnect: (caller) => gateway.connect(caller),
    onDisconnect: (caller) => gateway.disconnect(caller),
  });
  toClose.push(
    () => door.close(),
    () => gateway.close(),
    () => watch.stop(),
  );
  const action = flushPool({ pools: [pool], watch, playersDropped: () => door.ended });
  const tally = new Tally();
  const comeIn = async (player: string) => {
    const person = await Player.signIn(`ws://127.0.0.1:${door.port}`, { player, password: 'any' }, tally);
    toClose.push(() => person.leave());
    return person;
  };
  const deadline = performance.now() + 20_000;
  while (pool.connections.length < 6 && performance.now() < deadline) await sleep(20);
  for (let index = 0; index < SEATED; index++) {
    const player = await comeIn(`player-${index}`);
    await player.sit(GAME.game);
  }
  return { pods, pool, door, action, comeIn, tally };
}

describe('a flush after the restart of a pod of a busy game', () => {
  test('lets new players in within 5 s, disconnects nobody and keeps the healthy connections', async () => {
    const { pods, pool, door, action, comeIn, tally } = await startIncident();
    const isHealthy = ({ pod }: { pod: string }) => pod === 'pod-1';
    const healthyBefore = pool.connections.filter(isHealthy);
    await pods[0].close();
    await startPod(0, pods[0].port);

    const turnedAway = await comeIn('early');
    await expect(turnedAway.sit(GAME.game)).rejects.toMatchObject({ code: 'game-unavailable' });

    const waiting = await comeIn('waiting');
    const seat = waiting.sit(GAME.game).then(
      () => 'seated',
      () => 'an error',
    );
    const deadline = performance.now() + 10_000;
    while (pool.state().inFlight === 0 && performance.now() < deadline) await sleep(5);
    const preview = await action.preview(GAME);
    const touched = preview.targets.filter(({ effect }) => effect === 'touched').map(({ id }) => id);
    expect(touched).toEqual(['pod-0#1', 'pod-0#2', 'pod-0#3']);
    expect(preview).toMatchObject({ playersAffected: 1, playersDisconnected: 0 });

    const run = new ToldRun(touched, GAME);
    const result = await action.run(run);
    expect(result).toMatchObject({ state: 'succeeded', playersAffected: 1, playersDisconnected: 0 });
    expect([...run.outcomes]).toEqual(touched.map((id) => [id, 'done']));
    expect(await seat).toBe('an error');

    const startedAt = performance.now();
    const late = await comeIn('late');
    await late.sit(GAME.game);
    await late.play(10);
    expect(performance.now() - startedAt).toBeLessThan(15_000);

    expect(tally.counts.disconnects).toBe(0);
    expect({ ended: door.ended, connections: door.connections }).toEqual({
      ended: 0,
      connections: SEATED + 3,
    });
    const healthyAfter = pool.connections.filter(isHealthy);
    expect(healthyAfter.map((connection) => healthyBefore.indexOf(connection))).toEqual([0, 1, 2]);
    expect(pool.connections.map(({ id }) => id).filter((id) => touched.includes(id))).toEqual([]);
  });
});
