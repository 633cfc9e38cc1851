import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, onTestFinished, test } from 'vitest';
import {
  DataDirectoryForeign,
  DataDirectoryInUse,
  DataDirectoryTooNew,
  DataDirectoryUnusable,
} from '../errors.ts';
import { silentLog } from '../testing/silent-log.ts';
import { temporaryDirectory } from '../testing/temp-directory.ts';
import { TestClock } from '../testing/test-clock.ts';
import { findOpenIntents, openStore, type Store } from './index.ts';
import { firstTables } from './migrations/0001-first-tables.ts';

const open = async (dataDirectory: string): Promise<Store> => {
  const store = await openStore({ dataDirectory, clock: new TestClock(), log: silentLog });
  onTestFinished(() => store.close().catch(() => {}));
  return store;
};

describe('the data directory', () => {
  test('is made when it is missing, and nobody but its owner can read it', async () => {
    const directory = join(temporaryDirectory(), 'deep', 'data');
    await open(directory);
    expect(statSync(directory).mode & 0o777).toBe(0o700);
    for (const name of readdirSync(directory)) {
      expect([name, statSync(join(directory, name)).mode & 0o077]).toEqual([name, 0]);
    }
  });

  test('raises its epoch at every open', async () => {
    const directory = temporaryDirectory();
    const first = await open(directory);
    await first.close();
    const second = await open(directory);
    expect([first.epoch, second.epoch]).toEqual([1, 2]);
  });

  test('is refused to a second server, which is told the process that holds it', async () => {
    const directory = temporaryDirectory();
    await open(directory);
    const second = openStore({ dataDirectory: directory, clock: new TestClock(), log: silentLog });
    await expect(second).rejects.toThrow(DataDirectoryInUse);
    await expect(second).rejects.toThrow(`process ${process.pid}`);
  });

  test('is free again after its server was killed', { timeout: 30_000 }, async () => {
    const directory = temporaryDirectory();
    const child = await serverProcess(directory);
    const refused = openStore({ dataDirectory: directory, clock: new TestClock(), log: silentLog });
    await expect(refused).rejects.toThrow(DataDirectoryInUse);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect((await open(directory)).epoch).toBe(2);
  });

  test('of the first release opens, and keeps what is in it', async () => {
    const directory = temporaryDirectory();
    const database = new DatabaseSync(join(directory, 'opscenter.db'));
    database.exec(`${firstTables.sql}
      PRAGMA application_id = ${0x4f707343};
      PRAGMA user_version = 1;
      INSERT INTO meta (name, value) VALUES ('epoch', '7');
      INSERT INTO timeline (sequence, at, kind, service, detail)
        VALUES (41, 1, 'instance-dead', 'lobby', '{"reason":"killed"}');`);
    database.close();
    const store = await openStore({ dataDirectory: directory, clock: { now: () => 2 }, log: silentLog });
    onTestFinished(() => store.close());
    expect(store.epoch).toBe(8);
    expect(store.timeline.list({ limit: 10 })).toMatchObject([
      { sequence: 42, kind: 'server-started' },
      { sequence: 41, kind: 'instance-dead', actionId: null, detail: { reason: 'killed' } },
    ]);
    expect(await findOpenIntents(store.db)).toEqual(new Set());
  });

  test('written by a newer version is refused in a sentence', async () => {
    const directory = temporaryDirectory();
    await (await open(directory)).close();
    const database = new DatabaseSync(join(directory, 'opscenter.db'));
    database.exec('PRAGMA user_version = 99');
    database.close();
    await expect(open(directory)).rejects.toThrow(DataDirectoryTooNew);
  });

  test('with a foreign or broken database is refused and left as it is', async () => {
    const foreign = temporaryDirectory();
    const database = new DatabaseSync(join(foreign, 'opscenter.db'));
    database.exec('CREATE TABLE cats (name TEXT)');
    database.close();
    await expect(open(foreign)).rejects.toThrow(DataDirectoryForeign);

    const broken = temporaryDirectory();
    writeFileSync(join(broken, 'opscenter.db'), 'this was never a database'.repeat(100));
    await expect(open(broken)).rejects.toThrow(DataDirectoryForeign);
    // Nor is it locked by the failed attempt.
    await expect(open(broken)).rejects.toThrow(DataDirectoryForeign);
  });

  test('that cannot be one is refused in a sentence', async () => {
    const directory = temporaryDirectory();
    writeFileSync(join(directory, 'file'), '');
    await expect(open(join(directory, 'file'))).rejects.toThrow(DataDirectoryUnusable);
    mkdirSync(join(directory, 'data', 'opscenter.db'), { recursive: true });
    await expect(open(join(directory, 'data'))).rejects.toThrow(DataDirectoryUnusable);
  });
});

async function serverProcess(directory: string): Promise<ChildProcess> {
  const script = `
    import { openStore } from ${JSON.stringify(join(import.meta.dirname, 'index.ts'))};
    await openStore({ dataDirectory: process.argv[1], clock: { now: () => 0 }, log: {} });
    process.send('open');
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script, directory], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child, 'message');
  return child;
}
