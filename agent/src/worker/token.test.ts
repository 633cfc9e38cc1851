import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Token } from './token.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'opscenter-token-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('the token', () => {
  it('fits itself and nothing else', () => {
    const token = new Token({ kind: 'value', token: 'secret' });
    expect(token.matches('secret')).toBe(true);
    for (const other of ['', 'Secret', 'secret ', 'secrets']) expect(token.matches(other)).toBe(false);
  });

  it('fits nothing before it was read', () => {
    expect(new Token({ kind: 'file', path: join(folder, 'absent') }).matches('')).toBe(false);
  });

  it('is read from its file each time, so that it may come late and may change', async () => {
    const path = join(folder, 'token');
    const token = new Token({ kind: 'file', path });
    await expect(token.load()).rejects.toMatchObject({ code: 'no-token' });
    await writeFile(path, 'first\n');
    expect(await token.load()).toBe('first');
    await writeFile(path, 'second\n');
    expect(await token.load()).toBe('second');
    expect(token.matches('first')).toBe(false);
    expect(token.matches('second')).toBe(true);
  });

  it('is refused when the file holds something else', async () => {
    const path = join(folder, 'letter');
    await writeFile(path, 'dear reader\n');
    await expect(new Token({ kind: 'file', path }).load()).rejects.toThrow('holds no token');
  });
});
