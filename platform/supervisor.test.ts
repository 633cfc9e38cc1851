import { execFile, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { fileOf, isAlive, TestPlatform, until } from './testing/test-platform.ts';

/** Nothing here takes long; on a machine that has too much to do, eight processes may. */
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

describe('the running platform', () => {
  let platform: TestPlatform;
  beforeAll(async () => {
    platform = new TestPlatform();
    await platform.untilRunning();
  });
  afterAll(() => platform.end());

  test('the load of logins can be changed: with none of them only the regulars are there, all seated', async () => {
    expect(await platform.command('load', '0')).toMatchObject({ code: 0 });
    await until(async () => (await platform.health('lobby')).players === 15, '15 seated players', 60_000);
    const before = await platform.totals();
    await sleep(2_000);
    expect((await platform.totals()).logins - before.logins).toBeLessThanOrEqual(1);
  });

  test('rooms of four stay on one pod', async () => {
    const playersOf = async (...names: string[]) =>
      (await Promise.all(names.map((name) => platform.health(name)))).map(({ players }) => Number(players));
    // Somebody may just be between two games.
    await until(async () => (await playersOf('odinbingo-0'))[0] === 3, '3 players in odinbingo', 60_000);
    await until(
      async () => String((await playersOf('steampunk2-0', 'steampunk2-1')).sort()) === '4,8',
      '4 and 8 players in steampunk2',
      60_000,
    );
  });

  test('a pod tells since when it runs, and that it takes new rooms', async () => {
    const { startedAt, cordoned, rooms } = await platform.health('steampunk2-0');
    expect(Date.parse(String(startedAt))).toBeLessThan(Date.now());
    expect({ cordoned, rooms }).toEqual({ cordoned: false, rooms: expect.any(Number) });
  });

  test('a new player gets into both games, and the command line tells how long it took', async () => {
    for (const game of ['steampunk2', 'odinbingo']) {
      const { code, said } = await platform.command('login', game);
      expect(said).toMatch(new RegExp(`^A new player played ${game} after \\d+ ms\\.\\n$`));
      expect(code).toBe(0);
    }
  });

  test('a new player who cannot play is told at which step and why', async () => {
    const { code, said } = await platform.command('login', 'chess');
    expect(code).toBe(1);
    expect(said).toMatch(
      /^A new player could not play chess: sitting down failed after \d+ ms: There is no such game\.\n$/,
    );
  });

  test('players tell what they have counted', async () => {
    const { code, said } = await platform.command('players', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(said)).toMatchObject({
      disconnects: 0,
      seatsLost: 0,
      gamesCutShort: 0,
      gamesFinished: expect.any(Number),
      logins: { ok: expect.any(Number) },
      sits: { steampunk2: { ok: expect.any(Number) }, odinbingo: { ok: expect.any(Number) } },
      plays: { steampunk2: { ok: expect.any(Number) } },
    });
    expect((await platform.command('players')).said).toMatch(/disconnects not asked for +0\n/);
  });

  test('the players make a transaction a second in steampunk2', async () => {
    const [before, startedAt] = [await platform.totals(), performance.now()];
    await sleep(8_000);
    const [after, seconds] = [await platform.totals(), (performance.now() - startedAt) / 1000];
    expect(Math.abs(after.steampunk2 - before.steampunk2 - seconds)).toBeLessThanOrEqual(2);
  });

  test('people sign in four times a second', async () => {
    expect(await platform.command('load', '1')).toMatchObject({ code: 0 });
    const [before, startedAt] = [await platform.totals(), performance.now()];
    await sleep(6_000);
    const [after, seconds] = [await platform.totals(), (performance.now() - startedAt) / 1000];
    expect((after.logins - before.logins) / seconds).toBeGreaterThan(3);
    expect((after.logins - before.logins) / seconds).toBeLessThan(5);
  });

  test('a killed service comes back as a new process', async () => {
    const before = platform.stateOf('odinbingo-0')?.pid;
    expect(await platform.command('kill', 'odinbingo-0')).toMatchObject({ code: 0 });
    await until(
      () =>
        platform.stateOf('odinbingo-0')?.state === 'running' &&
        platform.stateOf('odinbingo-0')?.pid !== before,
      'a new process',
      60_000,
    );
    expect(platform.changes).toContainEqual(
      expect.objectContaining({ instance: 'odinbingo-0', state: 'waiting', reason: 'SIGKILL' }),
    );
  });

  test('restart ends a process in good order and starts another', async () => {
    const before = platform.stateOf('steampunk2-0')?.pid ?? 0;
    const { said } = await platform.command('restart', 'steampunk2-0');
    expect(said).toContain('steampunk2-0 is starting again');
    expect(isAlive(before)).toBe(false);
    await until(() => platform.stateOf('steampunk2-0')?.state === 'running', 'running again', 60_000);
  });

  test('a paused service answers nobody until it is resumed', async () => {
    await platform.command('pause', 'lobby');
    expect(platform.stateOf('lobby')?.state).toBe('paused');
    await expect(
      fetch(`http://127.0.0.1:${platform.portOf('lobby')}/health`, { signal: AbortSignal.timeout(300) }),
    ).rejects.toThrow();
    await platform.command('resume', 'lobby');
    expect(await platform.health('lobby')).toMatchObject({ status: 'ok' });
  });

  test('a spinning service answers nobody and only a restart ends that', async () => {
    const { said } = await platform.command('spin', 'odinbingo-0');
    expect(said).toContain('spinUntilRestarted');
    const health = () =>
      fetch(`http://127.0.0.1:${platform.portOf('odinbingo-0')}/health`, {
        signal: AbortSignal.timeout(300),
      });
    await until(
      () =>
        health().then(
          () => false,
          () => true,
        ),
      'no answer',
      60_000,
    );
    expect((await platform.command('status')).said).toMatch(/odinbingo-0 .* running \(spin\)/);
    expect(await platform.command('restart', 'odinbingo-0')).toMatchObject({ code: 0 });
    await until(() => platform.stateOf('odinbingo-0')?.state === 'running', 'running again', 60_000);
  });

  test('a native call holds a service for the asked time only', async () => {
    expect(await platform.command('native', 'odinbingo-0', '1')).toMatchObject({ code: 0 });
    await until(
      () =>
        platform.health('odinbingo-0').then(
          () => true,
          () => false,
        ),
      'an answer again',
      60_000,
    );
  });

  test.each([
    [['kill', 'nobody'], 'There is no instance "nobody"'],
    [
      ['kill', 'steampunk2'],
      'steampunk2 has several instances, name one of them: steampunk2-0, steampunk2-1',
    ],
    [['explode'], 'There is no command "explode"'],
    [['native', 'lobby', 'long'], 'native needs other arguments'],
    [['login'], 'login needs other arguments: login GAME'],
  ])('%j is answered with a sentence', async (words, sentence) => {
    const { code, said } = await platform.command(...words);
    expect(code).toBe(1);
    expect(said).toContain(sentence);
    expect(said).not.toContain('at ');
  });

  test('a second platform with the same folder refuses to start and says why', async () => {
    const second = spawn(process.execPath, [fileOf('supervisor.ts')], { env: platform.environment });
    let errors = '';
    second.stderr.on('data', (piece) => {
      errors += piece;
    });
    const code = await new Promise((resolve) => second.once('close', resolve));
    expect(code).toBe(1);
    expect(errors).toMatch(/^The platform already runs with the data folder .*\n$/);
  });
});

describe('the end of the platform', () => {
  test('SIGTERM stops everything within 4 s, a paused and a spinning service too', async () => {
    const platform = new TestPlatform();
    try {
      await platform.untilRunning();
      expect(await platform.command('pause', 'lobby')).toMatchObject({ code: 0 });
      expect(await platform.command('spin', 'odinbingo-0')).toMatchObject({ code: 0 });
      const startedAt = performance.now();
      platform.process.kill('SIGTERM');
      await until(() => platform.process.exitCode !== null, 'the end of the supervisor', 20_000);
      expect(performance.now() - startedAt).toBeLessThan(4_000);
      expect(platform.process.exitCode).toBe(0);
      expect(platform.pids.filter(isAlive)).toEqual([]);
      expect(platform.errors).toBe('');
    } finally {
      await platform.end();
    }
  });

  test('kill -9 of the supervisor leaves no process behind, not even a paused or a spinning one', async () => {
    const platform = new TestPlatform();
    try {
      await platform.untilRunning();
      expect(await platform.command('pause', 'lobby')).toMatchObject({ code: 0 });
      expect(await platform.command('spin', 'odinbingo-0')).toMatchObject({ code: 0 });
      platform.process.kill('SIGKILL');
      await until(() => platform.pids.every((pid) => !isAlive(pid)), 'the end of all processes', 60_000);
      expect(await platform.command('status')).toMatchObject({ code: 1 });
      expect((await platform.command('status')).said).toContain('The platform does not run');
    } finally {
      await platform.end();
    }
  });

  test('when the process that started the supervisor vanishes, everything stops', async () => {
    const starter = `require('node:child_process').spawn(process.execPath, [${JSON.stringify(fileOf('supervisor.ts'))}], { stdio: 'inherit' })`;
    const platform = new TestPlatform(['--eval', starter]);
    try {
      await platform.untilRunning();
      platform.process.kill('SIGKILL');
      await until(() => platform.pids.every((pid) => !isAlive(pid)), 'the end of all processes', 60_000);
    } finally {
      await platform.end();
    }
  });

  test('a port in use is told in one sentence and nothing is started', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const address = other.address();
    const taken = typeof address === 'object' ? (address?.port ?? 0) : 0;
    const dataDirectory = mkdtempSync(join(tmpdir(), 'platform-'));
    const env = { ...process.env, OPSCENTER_DATA: dataDirectory, PLATFORM_PORT_BASE: String(taken - 11) };
    const { stdout, stderr } = await new Promise<{ stdout: string; stderr: string }>((resolve) =>
      execFile(process.execPath, [fileOf('supervisor.ts')], { env }, (_, stdout, stderr) =>
        resolve({ stdout, stderr }),
      ),
    );
    other.close();
    rmSync(dataDirectory, { recursive: true });
    expect(stdout).toBe('');
    expect(stderr).toMatch(/^Port \d+, which [a-z0-9-]+ needs, is in use: .*\n$/);
  });
});
