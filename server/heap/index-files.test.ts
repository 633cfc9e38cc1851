import { existsSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { silentLog } from '../testing/silent-log.ts';
import { temporaryDirectory } from '../testing/temp-directory.ts';
import { IndexFiles } from './index-files.ts';

const PID = 4711;

async function openFiles(totalBytes: number, kept: Record<string, number> = {}) {
  const directory = temporaryDirectory();
  let at = 1000;
  for (const [name, bytes] of Object.entries(kept)) {
    writeFileSync(join(directory, name), Buffer.alloc(bytes));
    utimesSync(join(directory, name), at, at++);
  }
  const ids = new Set(Object.keys(kept).filter((name) => name.startsWith('cap_')));
  const files = await IndexFiles.open({ directory, totalBytes, log: silentLog }, ids);
  return {
    files,
    directory,
    has: () => Object.keys(kept).filter((name) => existsSync(join(directory, name))),
  };
}

describe('the indexes of heap snapshots', () => {
  test('are deleted when the one that is written needs their room, those first that were longest not used', async () => {
    const { files, has } = await openFiles(100, { cap_a: 40, cap_b: 40 });
    await files.used('cap_a');
    expect(await files.makeRoom('cap_c', 50)).toBeUndefined();
    expect(has()).toEqual(['cap_a']);
    expect(files.has('cap_b')).toBe(false);
  });

  test('make room for one in the place of the one there is, which stays meanwhile and counts once', async () => {
    const { files, has } = await openFiles(100, { cap_a: 40, cap_b: 50 });
    expect(await files.makeRoom('cap_a', 50)).toBeUndefined();
    expect(has()).toEqual(['cap_a', 'cap_b']);
    await files.settled('cap_a', PID);
    expect(await files.makeRoom('cap_a', 60)).toBeUndefined();
    expect(has()).toEqual(['cap_a']);
  });

  test('have no room for one that is larger than all may be, and nobody is deleted for it', async () => {
    const { files, has } = await openFiles(100, { cap_a: 40 });
    expect(await files.makeRoom('cap_c', 101)).toMatch(/101 bytes.*OPSCENTER_HEAP_INDEX_BYTES allows 100/);
    expect(has()).toEqual(['cap_a']);
  });

  test('have no room for one that the disk cannot take', async () => {
    const { files } = await openFiles(2 ** 60);
    expect(await files.makeRoom('cap_c', 2 ** 59)).toMatch(/disk/);
  });

  test('count what is being written, until it is written or never will be', async () => {
    const { files } = await openFiles(100);
    expect(await files.makeRoom('cap_a', 60)).toBeUndefined();
    expect(await files.makeRoom('cap_b', 60)).toMatch(/allows 100/);
    writeFileSync(`${files.pathOf('cap_a')}.${PID}.part`, 'half');
    await files.settled('cap_a', PID);
    expect(existsSync(`${files.pathOf('cap_a')}.${PID}.part`)).toBe(false);
    expect(files.has('cap_a')).toBe(false);
    expect(await files.makeRoom('cap_b', 60)).toBeUndefined();
  });

  test('of no capture, and what was not finished, are removed at the start', async () => {
    const { has } = await openFiles(100, { cap_a: 10, other: 10, [`cap_a.${PID}.part`]: 10 });
    expect(has()).toEqual(['cap_a']);
  });

  test('shrink to their budget at the start', async () => {
    const { has } = await openFiles(50, { cap_a: 40, cap_b: 40 });
    expect(has()).toEqual(['cap_b']);
  });

  test('are named by ids and nothing else', async () => {
    const { files } = await openFiles(100);
    expect(() => files.pathOf('../secret')).toThrow(TypeError);
  });
});
