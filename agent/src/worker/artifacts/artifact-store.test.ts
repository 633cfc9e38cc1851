import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ArtifactStore } from './artifact-store.ts';

const mebibyte = 1024 * 1024;
const never = new AbortController().signal;
let temporary: string;
let before: string | undefined;

beforeEach(async () => {
  temporary = await mkdtemp(join(tmpdir(), 'opscenter-store-'));
  before = process.env.TMPDIR;
  process.env.TMPDIR = temporary;
});

afterEach(async () => {
  if (before === undefined) delete process.env.TMPDIR;
  else process.env.TMPDIR = before;
  await rm(temporary, { recursive: true, force: true });
});

describe('an artifact', () => {
  it('is a file that only this user can read, with its size and hash', async () => {
    const folders: string[] = [];
    using store = new ArtifactStore((path) => folders.push(path));
    const artifact = await store.write(['one ', 'two ', 'drei ü'], never);
    expect(await readFile(artifact.path, 'utf8')).toBe('one two drei ü');
    expect(artifact.sizeBytes).toBe(15);
    expect(artifact.sha256).toEqual(createHash('sha256').update('one two drei ü').digest());
    expect(statSync(artifact.path).mode & 0o777).toBe(0o600);
    expect(statSync(dirname(artifact.path)).mode & 0o777).toBe(0o700);
    expect(folders).toEqual([dirname(artifact.path)]);
  });

  it('takes no folder before there is one to write', () => {
    new ArtifactStore(() => {
      throw new Error('a folder was made');
    })[Symbol.dispose]();
  });

  it('that is removed is gone, and goes with the store at the latest', async () => {
    const store = new ArtifactStore(() => {});
    const [first, second] = [await store.write(['1'], never), await store.write(['2'], never)];
    await store.remove(first);
    expect(existsSync(first.path)).toBe(false);
    expect(existsSync(second.path)).toBe(true);
    store[Symbol.dispose]();
    expect(await readdir(temporary)).toEqual([]);
  });

  it('that is thrown away while it is written leaves nothing', async () => {
    using store = new ArtifactStore(() => {});
    const discarded = new AbortController();
    function* pieces() {
      yield 'first';
      discarded.abort(new Error('thrown away'));
      yield 'second';
    }
    await expect(store.write(pieces(), discarded.signal)).rejects.toThrow('thrown away');
    expect(await filesBelow(temporary)).toEqual([]);
  });

  it('larger than the budget is refused with the numbers, and leaves nothing', async () => {
    using store = new ArtifactStore(() => {}, 4 * mebibyte);
    function* endless() {
      for (;;) yield 'x'.repeat(mebibyte);
    }
    await expect(store.write(endless(), never)).rejects.toMatchObject({
      code: 'artifact-too-large',
      message: expect.stringMatching(/4 MiB together, of which 4 MiB are taken.*OPSCENTER_AGENT_ARTIFACT_MB/),
    });
    expect(await filesBelow(temporary)).toEqual([]);
  });

  it('shares the budget with all others, and gives its part back when it goes or fails', async () => {
    using store = new ArtifactStore(() => {}, 10);
    const first = await store.write(['12345678'], never);
    await expect(store.write(['12', '3'], never)).rejects.toMatchObject({ code: 'artifact-too-large' });
    const second = await store.write(['12'], never);
    expect(store.isFull).toBe(true);
    await store.remove(first);
    await store.remove(first);
    expect(store.isFull).toBe(false);
    await expect(store.write(['123456789'], never)).rejects.toMatchObject({ code: 'artifact-too-large' });
    await store.remove(second);
    expect((await store.write(['1234567890'], never)).sizeBytes).toBe(10);
  });

  it('that a recorder has written itself is taken over, and is then as private and as counted as any', async () => {
    using store = new ArtifactStore(() => {}, 10);
    const path = join(temporary, 'recorded');
    await writeFile(path, '12345678', { mode: 0o644 });
    const artifact = await store.adopt(path, never);
    expect(artifact.sha256).toEqual(createHash('sha256').update('12345678').digest());
    expect(statSync(path).mode & 0o777).toBe(0o600);
    const another = join(temporary, 'another');
    await writeFile(another, '123');
    await expect(store.adopt(another, never)).rejects.toMatchObject({ code: 'artifact-too-large' });
    expect(existsSync(another)).toBe(false);
    await store.remove(artifact);
    expect(existsSync(path)).toBe(false);
    expect(store.isFull).toBe(false);
  });

  it('that cannot be written says where', async () => {
    process.env.TMPDIR = join(temporary, 'absent');
    using store = new ArtifactStore(() => {});
    await expect(store.write(['1'], never)).rejects.toMatchObject({
      code: 'artifact-unwritable',
      message: expect.stringContaining('ENOENT'),
    });
    await mkdir(process.env.TMPDIR);
    expect((await store.write(['1'], never)).sizeBytes).toBe(1);
  });

  it.runIf(canMount())('that does not fit on the disk says so, and leaves room for the next', async () => {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'none', temporary]);
    try {
      using store = new ArtifactStore(() => {});
      // Before it is written, and when the disk is fuller than it seemed.
      await expect(store.write(['x'.repeat(200_000)], never)).rejects.toMatchObject({
        code: 'disk-full',
        message: expect.stringMatching(/0.1 MiB are free in .*, 0.2 MiB are needed/),
      });
      const pieces = Array.from({ length: 200 }, () => 'x'.repeat(1000));
      await expect(store.write(pieces, never)).rejects.toMatchObject({
        code: 'disk-full',
        message: expect.stringMatching(/No space is left in .* after 0.1 MiB/),
      });
      expect(await filesBelow(temporary)).toEqual([]);
      expect((await store.write(['x'.repeat(20_000)], never)).sizeBytes).toBe(20_000);
      await expect(store.write(['x'.repeat(42_000)], never)).rejects.toMatchObject({ code: 'disk-full' });
    } finally {
      execFileSync('umount', [temporary]);
    }
  });
});

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
}

function canMount(): boolean {
  const folder = tmpdir();
  try {
    execFileSync('unshare', ['--mount', 'mount', '-t', 'tmpfs', 'none', folder], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
