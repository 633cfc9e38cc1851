import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { AccountExport } from './account-export.ts';
import { DeskLock } from './desk-lock.ts';

const folder = mkdtempSync(join(tmpdir(), 'exports-'));
const lock = new DeskLock();
const accountExport = new AccountExport(lock, ['aino', 'bela', 'chidi', 'dara'], folder);

afterEach(() => {
  accountExport.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe('AccountExport', () => {
  test('makes whoever comes after it wait until the last account is written, and ends', async () => {
    accountExport.runFor(1);
    const read = () => readFileSync(join(folder, 'accounts.csv'), 'utf8');
    await expect.poll(read).toContain('aino');
    const seen = await lock.hold(async () => read());
    expect(seen).toBe('aino\nbela\nchidi\ndara\n');
    await lock.hold(async () => undefined);
  });
});
