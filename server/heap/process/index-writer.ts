import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { crc32 } from 'node:zlib';
import {
  type Column,
  type IndexTable,
  toColumnBytes,
} from '../../../profile/heap/index-file/index-layout.ts';
import { encodeTable, placeColumns } from '../../../profile/heap/index-file/index-table.ts';

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
  const partial = `${path}.${process.pid}.part`;
  try {
    const file = await open(partial, 'w', 0o600);
    try {
      const table = placeColumns({ artifactSha256, artifactBytes }, columns);
      const checked = [];
      for (const place of table.columns) {
        const bytes = toColumnBytes(columns[place.name] as Column);
        checked.push({ ...place, checksum: await writeColumn(file, bytes, place.offset) });
      }
      await file.write(encodeTable({ ...table, columns: checked }, crc32), 0, null, 0);
      await file.truncate(endOf(table));
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(partial, path);
    await syncDirectory(dirname(path));
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
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
