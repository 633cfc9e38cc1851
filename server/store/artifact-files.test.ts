import { createHash, randomBytes } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { describe, expect, onTestFinished, test } from 'vitest';
import { StorageFailed, StorageFull } from '../errors.ts';
import { silentLog } from '../testing/silent-log.ts';
import { temporaryDirectory } from '../testing/temp-directory.ts';
import { ArtifactFiles } from './artifact-files.ts';
import type { ArtifactReceiver } from './artifact-receiver.ts';

const id = 'cap_00000000000000000001';
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const promiseOf = (bytes: Uint8Array) => ({ sizeBytes: bytes.length, sha256: sha256(bytes) });

function artifactFiles(directory = temporaryDirectory()) {
  const files = new ArtifactFiles(directory, silentLog);
  onTestFinished(() => files[Symbol.asyncDispose]());
  return { files, directory };
}

async function writeInChunks(receiver: ArtifactReceiver, bytes: Uint8Array, chunkBytes = 32 * 1024) {
  for (let at = 0; at < bytes.length; at += chunkBytes) {
    if (!receiver.write(bytes.subarray(at, at + chunkBytes))) await receiver.room();
  }
}

describe('an artifact on its way in', () => {
  test.each([1, 32 * 1024, 1024 * 1024, 9_000_001])('of %i bytes is stored as it came', async (sizeBytes) => {
    const { files, directory } = artifactFiles();
    const bytes = randomBytes(sizeBytes);
    const receiver = await files.receive(id, { continues: false });
    await writeInChunks(receiver, bytes);
    expect(readdirSync(directory)).toEqual([`${id}.part`]);
    expect(await receiver.commit(promiseOf(bytes))).toEqual({ kind: 'committed' });
    expect(readdirSync(directory)).toEqual([id]);
    expect(statSync(join(directory, id)).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(directory, id)).equals(bytes)).toBe(true);
    expect((await buffer(await files.openRead(id, { start: 0, end: 0 })))[0]).toBe(bytes[0]);
  });

  test('that is not what was promised is never stored, and says what it was', async () => {
    const { files, directory } = artifactFiles();
    const bytes = randomBytes(100_000);
    const receiver = await files.receive(id, { continues: false });
    await writeInChunks(receiver, bytes);
    const other = { sizeBytes: bytes.length, sha256: sha256(randomBytes(1)) };
    expect(await receiver.commit(other)).toEqual({ kind: 'mismatch', ...promiseOf(bytes) });
    await receiver.discard();
    expect(readdirSync(directory)).toEqual([]);
  });

  test('can be left and continued by another process', async () => {
    const { files, directory } = artifactFiles();
    const bytes = randomBytes(3_000_000);
    const first = await files.receive(id, { continues: false });
    await writeInChunks(first, bytes.subarray(0, 1_500_123));
    await first.suspend();

    const second = await artifactFiles(directory).files.receive(id, { continues: true });
    expect(second.offset).toBe(1_500_123);
    await writeInChunks(second, bytes.subarray(second.offset));
    expect(await second.commit(promiseOf(bytes))).toEqual({ kind: 'committed' });
    expect(readFileSync(join(directory, id)).equals(bytes)).toBe(true);
  });

  test('holds its sender back when the disk is slower', async () => {
    const { files } = artifactFiles();
    const receiver = await files.receive(id, { continues: false });
    let taken = 0;
    while (receiver.write(new Uint8Array(32 * 1024))) taken += 32 * 1024;
    expect(taken).toBeLessThanOrEqual(8 * 1024 * 1024);
    await receiver.room();
    expect(receiver.write(new Uint8Array(1))).toBe(true);
    await receiver.discard();
  });

  test('fails in a sentence when the disk is full', async () => {
    const { files, directory } = artifactFiles();
    // The kernel's own full disk, see full(4).
    symlinkSync('/dev/full', join(directory, `${id}.part`));
    const receiver = await files.receive(id, { continues: false });
    const bytes = randomBytes(2_000_000);
    const attempt = async () => {
      await writeInChunks(receiver, bytes);
      await receiver.commit(promiseOf(bytes));
    };
    await expect(attempt()).rejects.toThrow(StorageFull);
    await expect(receiver.room()).rejects.toThrow('disk of the data directory is full');
    expect(existsSync(join(directory, id))).toBe(false);
  });

  test('fails in a sentence when it cannot be renamed, and another one still works', async () => {
    const { files, directory } = artifactFiles();
    mkdirSync(join(directory, id));
    const bytes = randomBytes(10);
    const receiver = await files.receive(id, { continues: false });
    receiver.write(bytes);
    await expect(receiver.commit(promiseOf(bytes))).rejects.toThrow(StorageFailed);

    const other = await files.receive('cap_00000000000000000002', { continues: false });
    other.write(bytes);
    expect(await other.commit(promiseOf(bytes))).toEqual({ kind: 'committed' });
  });
});

describe('the sweep after a start', () => {
  test('removes files without a capture, keeps what can be continued and what is complete', async () => {
    const { files, directory } = artifactFiles();
    for (const name of [
      'done',
      'orphan',
      'orphan2.part',
      'going.part',
      'renamed',
      'done2.part',
      'lost+found',
    ]) {
      writeFileSync(join(directory, name), name);
    }
    await files.sweep({ complete: new Set(['done', 'done2']), unfinished: new Set(['going', 'renamed']) });
    expect(readdirSync(directory).sort()).toEqual(['done', 'going.part', 'lost+found', 'renamed.part']);
  });

  test('no name leads out of the folder', async () => {
    const { files } = artifactFiles();
    await expect(files.openRead('../../etc/passwd')).rejects.toThrow(StorageFailed);
    await expect(files.remove('..')).rejects.toThrow(StorageFailed);
  });
});
