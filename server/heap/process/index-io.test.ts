import { existsSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { IndexUnusable } from '#profile/heap/index-file/index-table.ts';
import { HeapMemory } from '#profile/heap/memory/heap-memory.ts';
import { temporaryDirectory } from '../../testing/temp-directory.ts';
import { IndexReader } from './index-reader.ts';
import { indexBytes, replaceLastColumn, writeIndex } from './index-writer.ts';

const SHA256 = 'ab'.repeat(32);
const COLUMNS = {
  id: Uint32Array.of(7, 4_000_000_000),
  distance: Int32Array.of(-1, 3),
  size: Float64Array.of(1.5, 2 ** 40),
  answers: new TextEncoder().encode('[]'),
};

async function written() {
  const path = join(temporaryDirectory(), 'cap_1');
  const index = { path, artifactSha256: SHA256, artifactBytes: 100, columns: COLUMNS };
  await writeIndex(index);
  return { path, size: indexBytes(index) };
}

const read = (path: string, name: string) => {
  using reader = IndexReader.open(path, SHA256, new HeapMemory());
  return reader.read(name).slice();
};

describe('an index on the disk', () => {
  test('has every column as it was, and is as large as was announced', async () => {
    const { path, size } = await written();
    for (const [name, column] of Object.entries(COLUMNS)) expect(read(path, name)).toEqual(column);
    expect(readFileSync(path).length).toBe(size);
    expect(await readdir(join(path, '..'))).toEqual(['cap_1']);
  });

  test('is counted column by column, and given back when it is closed', async () => {
    const { path } = await written();
    const memory = new HeapMemory();
    const reader = IndexReader.open(path, SHA256, memory);
    expect(reader.lengthOf('size')).toBe(2);
    expect(memory.usedBytes).toBe(0);
    reader.read('size');
    expect(reader.read('size')).toBe(reader.read('size'));
    expect(memory.usedBytes).toBe(16);
    reader[Symbol.dispose]();
    expect(memory.usedBytes).toBe(0);
  });

  test('takes a longer or a shorter last column and keeps the others', async () => {
    const { path } = await written();
    for (const text of [JSON.stringify('a much longer answer '.repeat(3000)), '[]']) {
      await replaceLastColumn(path, 'answers', new TextEncoder().encode(text));
      expect(new TextDecoder().decode(read(path, 'answers') as Uint8Array)).toBe(text);
      expect(read(path, 'size')).toEqual(COLUMNS.size);
    }
    await expect(replaceLastColumn(path, 'id', new Uint8Array(4))).rejects.toThrow(IndexUnusable);
    expect(read(path, 'id')).toEqual(COLUMNS.id);
    expect(await readdir(join(path, '..'))).toEqual(['cap_1']);
  });

  test('is unusable cut off anywhere, of another artifact, or when there is none', async () => {
    const { path } = await written();
    const whole = readFileSync(path);
    expect(() => IndexReader.open(path, 'cd'.repeat(32), new HeapMemory())).toThrow('another artifact');
    for (let length = 0; length < whole.length; length += 5) {
      writeFileSync(path, whole.subarray(0, length));
      expect(() => IndexReader.open(path, SHA256, new HeapMemory())).toThrow(IndexUnusable);
    }
    expect(() => IndexReader.open(`${path}-not`, SHA256, new HeapMemory())).toThrow(IndexUnusable);
  });

  test('gives no damaged column, and keeps none of its memory', async () => {
    const { path } = await written();
    const bytes = readFileSync(path);
    bytes.writeUInt8(bytes.readUInt8(bytes.length - 1) ^ 1, bytes.length - 1);
    writeFileSync(path, bytes);
    const memory = new HeapMemory();
    using reader = IndexReader.open(path, SHA256, memory);
    expect(() => reader.read('answers')).toThrow('column answers is damaged');
    expect(reader.isDamaged).toBe(true);
    expect(memory.usedBytes).toBe(0);
    expect(reader.read('id')).toEqual(COLUMNS.id);
  });

  test('gives the good blocks of a damaged column', async () => {
    const path = join(temporaryDirectory(), 'cap_1');
    const id = Uint32Array.from({ length: 20_000 }, (_, at) => at);
    await writeIndex({ path, artifactSha256: SHA256, artifactBytes: 100, columns: { id } });
    const bytes = readFileSync(path);
    const at = bytes.indexOf(Buffer.from(Uint32Array.of(9999, 10_000).buffer));
    bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
    writeFileSync(path, bytes);
    using reader = IndexReader.open(path, SHA256, new HeapMemory());
    const cells = reader.cells('id');
    expect([cells.get(0), cells.get(19_999)]).toEqual([0, 19_999]);
    expect(reader.isDamaged).toBe(false);
    expect(() => cells.get(10_000)).toThrow('column id is damaged');
    expect(reader.isDamaged).toBe(true);
  });

  test('that was cut off after it was opened is damaged, too', async () => {
    const { path, size } = await written();
    const memory = new HeapMemory();
    using reader = IndexReader.open(path, SHA256, memory);
    truncateSync(path, size - 1);
    expect(() => reader.read('answers')).toThrow(IndexUnusable);
    expect(reader.isDamaged).toBe(true);
    expect(memory.usedBytes).toBe(0);
  });

  test('leaves nothing behind that could not be written', async () => {
    const directory = temporaryDirectory();
    const path = join(directory, 'gone', 'cap_1');
    const index = { path, artifactSha256: SHA256, artifactBytes: 100, columns: COLUMNS };
    await expect(writeIndex(index)).rejects.toThrow('ENOENT');
    expect(existsSync(path)).toBe(false);
  });
});
