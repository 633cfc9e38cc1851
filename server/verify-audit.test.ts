import { execFile } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { AuditLog } from './audit/index.ts';
import { openStore, systemClock } from './store/index.ts';
import { silentLog } from './testing/silent-log.ts';
import { temporaryDirectory } from './testing/temp-directory.ts';

const COMMAND = fileURLToPath(new URL('verify-audit.ts', import.meta.url));

function verify(dataDirectory: string): Promise<{ code: number; out: string; err: string }> {
  const env = { ...process.env, OPSCENTER_DATA: dataDirectory, OPSCENTER_HTTP_PORT: 'of no interest' };
  return new Promise((resolve) => {
    execFile(process.execPath, [COMMAND], { env, timeout: 20_000 }, (error, out, err) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, out, err }),
    );
  });
}

/** A data directory with ten acts, open as a running server has it until `close`. */
async function audited() {
  const dataDirectory = temporaryDirectory();
  const store = await openStore({ dataDirectory, clock: systemClock, log: silentLog });
  const audit = await AuditLog.open({ db: store.db, dataDirectory, clock: systemClock, log: silentLog });
  const close = async () => {
    await audit[Symbol.asyncDispose]();
    await store.close();
  };
  onTestFinished(() => close().catch(() => {}));
  for (let index = 0; index < 10; index++) {
    await audit.run(
      { actor: 'kim', action: 'capture.stop', target: `cap-${index}`, detail: {} },
      async () => {},
    );
  }
  return { dataDirectory, audit, close };
}

/** Every file with its bytes, but for SQLite's own working files, which come and go with readers. */
function kept(dataDirectory: string): Record<string, string> {
  const names = readdirSync(dataDirectory, { recursive: true, encoding: 'utf8' });
  const files = names.filter(
    (name) => !/-(wal|shm)$/.test(name) && statSync(join(dataDirectory, name)).isFile(),
  );
  return Object.fromEntries(files.map((name) => [name, readFileSync(join(dataDirectory, name), 'base64')]));
}

function tamper(dataDirectory: string, sql: string): void {
  const database = new DatabaseSync(join(dataDirectory, 'opscenter.db'));
  database.exec('DROP TRIGGER audit_is_never_changed; DROP TRIGGER audit_is_never_cut');
  database.exec(sql);
  database.close();
}

describe('npm run audit:verify', { timeout: 60_000 }, () => {
  test('says that a whole audit is whole, while its server writes and after it has ended', async () => {
    const { dataDirectory, audit, close } = await audited();
    const running = await verify(dataDirectory);
    expect(running).toMatchObject({ code: 0, err: '' });
    expect(running.out).toContain('is whole: 20 entries');
    expect(running.out).toContain('No head of it is signed yet');
    await audit.run({ actor: 'kim', action: 'capture.stop', target: 'cap', detail: {} }, async () => {});
    await close();
    const before = kept(dataDirectory);
    const ended = await verify(dataDirectory);
    expect(ended).toMatchObject({ code: 0 });
    expect(ended.out).toMatch(
      /is whole: 22 entries.* 2 signed heads agree with it, the newest at entry 22 of /,
    );
    expect(kept(dataDirectory)).toEqual(before);
  });

  test.each([
    ["UPDATE audit SET actor = 'lee' WHERE sequence = 7", 'broken at entry 7: entry 7 was changed'],
    ['DELETE FROM audit WHERE sequence > 15', 'its end was cut off'],
  ])('ends with 1 and says where after %s', async (sql, sentence) => {
    const { dataDirectory, close } = await audited();
    await close();
    tamper(dataDirectory, sql);
    const { code, out } = await verify(dataDirectory);
    expect(out).toContain(sentence);
    expect(code).toBe(1);
  });

  test('does not vouch for an audit whose key was taken away, and makes no new one', async () => {
    const { dataDirectory, close } = await audited();
    await close();
    rmSync(join(dataDirectory, 'audit-heads', 'key'));
    const { code, out } = await verify(dataDirectory);
    expect(out).toContain('holds together over its 20 entries, but the key of its signed heads is missing');
    expect(code).toBe(1);
    expect(readdirSync(join(dataDirectory, 'audit-heads'))).toEqual(['heads.jsonl']);
  });

  test('finds that all signed heads were taken away', async () => {
    const { dataDirectory, close } = await audited();
    await close();
    rmSync(join(dataDirectory, 'audit-heads', 'heads.jsonl'));
    const { code, out } = await verify(dataDirectory);
    expect(out).toContain('all of its signed heads were taken away');
    expect(code).toBe(1);
  });

  test('ends with 2 where there is no audit, and makes nothing there', async () => {
    const empty = temporaryDirectory();
    const { code, err } = await verify(empty);
    expect(err).toContain(`The data directory ${empty} cannot be used: there is no database in it.`);
    expect(code).toBe(2);
    expect(readdirSync(empty)).toEqual([]);
    writeFileSync(join(empty, 'opscenter.db'), 'this was never a database'.repeat(100));
    expect(await verify(empty)).toMatchObject({ code: 2, err: expect.stringContaining('is not a database') });
  });
});
