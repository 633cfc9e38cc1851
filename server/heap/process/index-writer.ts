import { constants } from 'node:fs';
import { copyFile, type FileHandle, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { crc32 } from 'node:zlib';
import {
  type Column,
  INDEX_PREFIX_BYTES,
  type IndexTable,
  toColumnBytes,
} from '#profile/heap/index-file/index-layout.ts';
import {
  decodeTable,
  encodeTable,
  IndexUnusable,
  placeColumns,
  tableLength,
} from '#profile/heap/index-file/index-table.ts';

/** Between two pieces, questions are answered. */
const PIECE_BYTES = 8 * 1024 * 1024;

export interface IndexToWrite {
  readonly path: string;
  readonly artifactSha256: string;
  readonly artifactBytes: number;
  readonly columns: Readonly<Record<string, Column>>;
}

/** What the file will take. */
export function indexBytes({ artifactSha256, artifactBytes, columns }: IndexToWrite): number {
  return endOf(placeColumns({ artifactSha256, artifactBytes }, columns));
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
      checked.push({ ...place, checksum: await writeColumn(file, bytes, place.offset) });
    }
    await writeTable(file, { ...table, columns: checked });
  });
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
    const last = table.columns.at(-1);
    if (last?.name !== name) throw new IndexUnusable(`its last column is not ${name}`);
    const checksum = await writeColumn(file, bytes, last.offset);
    const replaced = { ...last, byteLength: bytes.length, checksum };
    await writeTable(file, { ...table, columns: [...table.columns.slice(0, -1), replaced] });
  });
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
  await file.truncate(endOf(table));
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

function endOf({ columns }: IndexTable): number {
  return columns.reduce((end, { offset, byteLength }) => Math.max(end, offset + byteLength), 0);
}

async function writeColumn(file: FileHandle, bytes: Uint8Array, offset: number): Promise<number> {
  let checksum = 0;
  for (let done = 0; done < bytes.length; ) {
    const piece = bytes.subarray(done, done + PIECE_BYTES);
    checksum = crc32(piece, checksum);
    const { bytesWritten } = await file.write(piece, 0, piece.length, offset + done);
    if (bytesWritten < piece.length) checksum = crc32(bytes.subarray(0, done + bytesWritten));
    done += bytesWritten;
  }
  return checksum;
}

async function syncDirectory(path: string): Promise<void> {
  const directory = await open(path, 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}
