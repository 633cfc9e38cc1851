import { type FileHandle, open } from 'node:fs/promises';
import { CaptureFailure } from '../../errors.ts';
import type { Artifact } from '../artifacts/artifact.ts';
import { type ChunkPlace, layOutChunks } from './chunk-encoder.ts';

export const chunkBytes = 32 * 1024;
/** Read with one system call; more holds more memory for a reader that has stalled. */
const chunksPerBlock = 8;

/**
 * The artifact from an offset as messages of at most 32 KiB of data, a block of them at a time. The next block is read
 * while the one before is sent.
 */
export async function* artifactMessages(
  artifact: Artifact,
  offset: number,
  chunkField: number,
): AsyncGenerator<Buffer[]> {
  await using file = await open(artifact.path, 'r');
  let sequence = 0;
  let at = offset;
  const readNext = () => {
    const places = placesFrom(artifact, at, sequence);
    sequence += places.length;
    at += places.reduce((sum, { dataBytes }) => sum + dataBytes, 0);
    return readBlock(file, chunkField, places);
  };
  let next = readNext();
  for (let block = await next; block.length > 0; block = await next) {
    next = readNext();
    // A reader that leaves while it is open makes its failure nobody's.
    next.catch(() => {});
    yield block;
  }
}

function placesFrom({ sizeBytes }: Artifact, from: number, sequence: number): ChunkPlace[] {
  const places: ChunkPlace[] = [];
  for (let offset = from; offset < sizeBytes && places.length < chunksPerBlock; offset += chunkBytes) {
    places.push({
      sequence: sequence + places.length,
      offset,
      dataBytes: Math.min(chunkBytes, sizeBytes - offset),
    });
  }
  return places;
}

async function readBlock(file: FileHandle, chunkField: number, places: ChunkPlace[]): Promise<Buffer[]> {
  const first = places[0];
  if (!first) return [];
  const frames = layOutChunks(chunkField, places);
  const { bytesRead } = await file.readv(
    frames.map(({ data }) => data),
    first.offset,
  );
  const wanted = places.reduce((sum, { dataBytes }) => sum + dataBytes, 0);
  if (bytesRead !== wanted) {
    throw new CaptureFailure(
      'artifact-unwritable',
      'The artifact on the instance is shorter than it was written.',
    );
  }
  return frames.map(({ message }) => message);
}
