import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { PoolMode } from './pool-mode.ts';
import { TestPlatform, until } from './testing/test-platform.ts';

/** A dead connection costs 5 s each time it is used; on a machine that has too much to do, everything costs more. */
vi.setConfig({ testTimeout: 240_000, hookTimeout: 120_000 });

/** A login that waits for a dead connection ends after 5 s, with this. */
const SILENCE = /sitting down failed after \d+ ms: .* gives no answer/;

/** OPS-812 with its own processes, by the commands that a person types. */
class Incident {
  readonly #platform = new TestPlatform(undefined, { PLATFORM_POOL: 'unchecked' });

  async begin(): Promise<void> {
    await this.#platform.untilRunning();
    // Passwords cost a lot of CPU and are not what this is about.
    await this.#platform.command('load', '0');
    await until(
      async () => (await this.#platform.health('lobby')).players === 15,
      '15 seated players',
      60_000,
    );
  }

  end(): Promise<void> {
    return this.#platform.end();
  }

  login(game: string): Promise<{ code: number; said: string }> {
    return this.#platform.command('login', game);
  }

  async restart(pod: string): Promise<void> {
    expect(await this.#platform.command('restart', pod)).toMatchObject({ code: 0 });
    await until(() => this.#platform.stateOf(pod)?.state === 'running', `${pod} runs again`, 60_000);
  }

  async switchTo(mode: PoolMode): Promise<void> {
    expect(await this.#platform.command('pool', mode)).toMatchObject({ code: 0 });
  }

  async restartGateway(): Promise<void> {
    await this.restart('bg-gate');
    await until(
      async () => (await this.metric('bg_gate_connection_pool_size', 'steampunk2')) === 8,
      'a full pool',
      60_000,
    );
  }

  async metric(name: string, game: string): Promise<number> {
    const response = await fetch(`http://127.0.0.1:${this.#platform.portOf('bg-gate')}/metrics`);
    const line = (await response.text())
      .split('\n')
      .find((candidate) => candidate.startsWith(`${name}{game_type="${game}"} `));
    return Number(line?.split(' ')[1]);
  }
}

describe('a platform whose gateway does not check its connections', () => {
  const incident = new Incident();
  beforeAll(() => incident.begin());
  afterAll(() => incident.end());

  test('lets new players into both games at first', async () => {
    expect(await incident.login('steampunk2')).toMatchObject({ code: 0 });
    expect(await incident.login('odinbingo')).toMatchObject({ code: 0 });
    expect(await incident.metric('bg_gate_stale_connections_count', 'steampunk2')).toBe(0);
  });

  test('lets no new player into the busy game after one of its pods has restarted, for longer than anything idles', async () => {
    await incident.restart('steampunk2-0');
    const failuresBefore = await incident.metric('bg_gate_login_failures_total', 'steampunk2');
    const startedAt = performance.now();
    let silences = 0;
    while (performance.now() - startedAt < 40_000) {
      const { code, said } = await incident.login('steampunk2');
      expect(code).toBe(1);
      if (SILENCE.test(said)) silences++;
    }
    expect(silences).toBeGreaterThan(1);
    expect(await incident.metric('bg_gate_stale_connections_count', 'steampunk2')).toBe(4);
    expect(await incident.metric('bg_gate_websocket_connection_health', 'steampunk2')).toBe(0.5);
    expect(await incident.metric('bg_gate_login_failures_total', 'steampunk2')).toBeGreaterThanOrEqual(
      failuresBefore + silences,
    );
  });

  test('lets players into the quiet game again by itself after its pod has restarted', async () => {
    await incident.restart('odinbingo-0');
    await until(
      async () => (await incident.login('odinbingo')).code === 0,
      'a new player in odinbingo',
      60_000,
    );
    expect(await incident.metric('bg_gate_stale_connections_count', 'odinbingo')).toBe(0);
  });

  test('heals as soon as the pool is switched to the checked one, with the connections that are there', async () => {
    await incident.switchTo('checked');
    const { code } = await incident.login('steampunk2');
    expect(code).toBe(0);
  });

  test('with the checked pool a new player sits within 5 s after a restart, and nobody has to do anything', async () => {
    await sleep(1_000);
    await incident.restart('steampunk2-1');
    const startedAt = performance.now();
    const { code, said } = await incident.login('steampunk2');
    expect(said).toMatch(/^A new player played steampunk2 after \d+ ms/);
    expect(code).toBe(0);
    // The command line itself takes a while to start.
    expect(performance.now() - startedAt).toBeLessThan(10_000);
    expect(Number(said.match(/after (\d+) ms/)?.[1])).toBeLessThan(5_000);
  });

  test('keeps the kind of pool that it was told when the gateway itself restarts', async () => {
    await incident.restartGateway();
    await incident.restart('steampunk2-0');
    await until(
      async () => (await incident.login('steampunk2')).code === 0,
      'a new player in steampunk2',
      30_000,
    );
  });
});
