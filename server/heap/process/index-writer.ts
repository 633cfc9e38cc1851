import { constants } from 'node:fs';
import { copyFile, type FileHandle, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { crc32 } from 'node:zlib';
import {
  BLOCK_BYTES,
  blockCount,
  type Column,
  type ColumnPlace,
  endOfColumns,
  INDEX_PREFIX_BYTES,
  type IndexTable,
  toColumnBytes,
} from '#profile/heap/index-file/index-layout.ts';
import {
  decodeTable,
  encodeTable,
  IndexUnusable,
  placeAt,
  placeColumns,
  tableLength,
} from '#profile/heap/index-file/index-table.ts';

/** So many blocks at a time: between two pieces, questions are answered. */
const PIECE_BYTES = 512 * BLOCK_BYTES;

export interface IndexToWrite {
  readonly path: string;
  readonly artifactSha256: string;
  readonly artifactBytes: number;
  readonly columns: Readonly<Record<string, Column>>;
}

/** What the file will take. */
export function indexBytes({ artifactSha256, artifactBytes, columns }: IndexToWrite): number {
  return endOfColumns(placeColumns({ artifactSha256, artifactBytes }, columns).columns);
}

/**
 * Writes an index under another name, has it on the disk for good, and only then gives it its own. The table comes last, so a
 * file that was cut off has none.
 *
 * @throws the system's error; nothing of the file is left then
 */
export async function writeIndex(index: IndexToWrite): Promise<void> {
  const { path, artifactSha256, artifactBytes, columns } = index;
  await writeSafely(path, async (partial) => {
    await using file = await open(partial, 'w', 0o600);
    const table = placeColumns({ artifactSha256, artifactBytes }, columns);
    const checked = [];
    for (const place of table.columns) {
      const bytes = toColumnBytes(columns[place.name] as Column);
      checked.push(await writeColumn(file, place, bytes));
    }
    await writeTable(file, { ...table, columns: checked });
  });
}

/**
 * What the file will take with another last column of this length.
 *
 * @throws the system's error, IndexUnusable
 */
export async function bytesWithLastColumn(path: string, name: string, byteLength: number): Promise<number> {
  await using file = await open(path, 'r');
  const table = await readTable(file);
  return endOfColumns([...table.columns.slice(0, -1), placeOfLast(table, name, byteLength)]);
}

/**
 * Puts another in the place of an index's last column, whatever its length. The rest is copied, by reference where the file system can.
 *
 * @throws the system's error, IndexUnusable; the file is as it was then
 */
export async function replaceLastColumn(path: string, name: string, bytes: Uint8Array): Promise<void> {
  await writeSafely(path, async (partial) => {
    await copyFile(path, partial, constants.COPYFILE_FICLONE);
    await using file = await open(partial, 'r+');
    const table = await readTable(file);
    const replaced = await writeColumn(file, placeOfLast(table, name, bytes.length), bytes);
    await writeTable(file, { ...table, columns: [...table.columns.slice(0, -1), replaced] });
  });
}

function placeOfLast({ columns }: IndexTable, name: string, byteLength: number): ColumnPlace {
  const last = columns.at(-1);
  if (last?.name !== name) throw new IndexUnusable(`its last column is not ${name}`);
  return placeAt({ ...last, byteLength }, last.offset);
}

/** Under another name until it is on the disk for good. */
async function writeSafely(path: string, write: (partial: string) => Promise<void>): Promise<void> {
  const partial = `${path}.${process.pid}.part`;
  try {
    await write(partial);
    await rename(partial, path);
    await syncDirectory(dirname(path));
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
}

async function writeTable(file: FileHandle, table: IndexTable): Promise<void> {
  await file.write(encodeTable(table, crc32), 0, null, 0);
  await file.truncate(endOfColumns(table.columns));
  await file.sync();
}

async function readTable(file: FileHandle): Promise<IndexTable> {
  const { size } = await file.stat();
  const prefix = new Uint8Array(INDEX_PREFIX_BYTES);
  await file.read(prefix, 0, prefix.length, 0);
  const bytes = new Uint8Array(tableLength(prefix));
  await file.read(bytes, 0, bytes.length, 0);
  return decodeTable(bytes, size, crc32);
}

/** With the checksums of its blocks. */
async function writeColumn(file: FileHandle, place: ColumnPlace, bytes: Uint8Array): Promise<ColumnPlace> {
  const checksums = new Uint32Array(blockCount(bytes.length));
  for (let from = 0; from < bytes.length; from += PIECE_BYTES) {
    const end = Math.min(bytes.length, from + PIECE_BYTES);
    for (let at = from; at < end; at += BLOCK_BYTES) {
      checksums[at / BLOCK_BYTES] = crc32(bytes.subarray(at, at + BLOCK_BYTES));
    }
    await writeWhole(file, bytes.subarray(from, end), place.offset + from);
  }
  const sums = toColumnBytes(checksums);
  await writeWhole(file, sums, place.checksumsOffset);
  return { ...place, checksum: crc32(sums) };
}

async function writeWhole(file: FileHandle, bytes: Uint8Array, offset: number): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    const { bytesWritten } = await file.write(bytes, done, bytes.length - done, offset + done);
    done += bytesWritten;
  }
}

async function syncDirectory(path: string): Promise<void> {
  const directory = await open(path, 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}
