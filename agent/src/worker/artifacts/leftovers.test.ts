import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { folderPrefix, sweepLeftovers } from './leftovers.ts';

let temporary: string;
let before: string | undefined;

beforeEach(async () => {
  temporary = await mkdtemp(join(tmpdir(), 'opscenter-sweep-'));
  before = process.env.TMPDIR;
  process.env.TMPDIR = temporary;
});

afterEach(async () => {
  if (before === undefined) delete process.env.TMPDIR;
  else process.env.TMPDIR = before;
  await rm(temporary, { recursive: true, force: true });
});

async function folderOf(pid: number | string): Promise<string> {
  const name = `${folderPrefix().replace(/\d+-$/, '')}${pid}-abcdef`;
  await mkdir(join(temporary, name));
  return name;
}

describe('what a process left behind', () => {
  it('is swept when the process is dead, and only then', async () => {
    const dead = spawn(process.execPath, ['--version'], { stdio: 'ignore' });
    await once(dead, 'exit');
    await folderOf(dead.pid ?? 0);
    const living = await folderOf(process.ppid);
    await sweepLeftovers(0);
    expect(await readdir(temporary)).toEqual([living]);
  });

  it('is swept when it is older than this process, whose id it bears', async () => {
    await folderOf(process.pid);
    await sweepLeftovers(0);
    expect(await readdir(temporary)).toHaveLength(1);
    await sweepLeftovers(Date.now() + 60_000);
    expect(await readdir(temporary)).toHaveLength(0);
  });

  it('is left alone when it is another host’s or nobody’s', async () => {
    await mkdir(join(temporary, 'opscenter-agent-00000000-1-abcdef'));
    await mkdir(join(temporary, 'opscenter-agent-'));
    await folderOf('not-a-number');
    await sweepLeftovers(Date.now());
    expect(await readdir(temporary)).toHaveLength(3);
  });
});
