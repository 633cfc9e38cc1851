import { type FileHandle, open } from 'node:fs/promises';
import { CaptureFailure } from '../../errors.ts';
import type { Artifact } from '../artifacts/artifact.ts';
import { type ChunkFrame, type ChunkPlace, layOutChunk, mostHeaderBytes } from './chunk-encoder.ts';
import type { MessageSink } from './message-sink.ts';

export const chunkBytes = 32 * 1024;
/** Read from the file with one system call. */
const chunksPerBlock = 8;
/** One is read while the others are on their way: this much memory and no more, however long the reader stalls. */
const blocks = 3;
const slotBytes = chunkBytes + mostHeaderBytes;

/** Memory for some messages. Used again and again: fresh memory for each would make the collector half of the work. */
interface Block {
  readonly memory: Buffer;
  /** Resolves when the stream has taken what was in it. */
  taken: Promise<void>;
}

/**
 * Sends an artifact from an offset, in messages with a chunk each, as fast as the reader takes them.
 *
 * @throws {ReaderGone}
 */
export async function sendChunks(
  artifact: Artifact,
  offset: number,
  chunkField: number,
  sink: MessageSink<unknown>,
): Promise<void> {
  await using file = await open(artifact.path, 'r');
  const ring = Array.from(
    { length: blocks },
    (): Block => ({ memory: Buffer.allocUnsafeSlow(chunksPerBlock * slotBytes), taken: Promise.resolve() }),
  );
  let at = offset;
  let sequence = 0;
  while (at < artifact.sizeBytes) {
    for (const block of ring) {
      await block.taken;
      const places = placesFrom(artifact, at, sequence);
      block.taken = sink.sendAll(await readBlock(file, block.memory, chunkField, places));
      block.taken.catch(() => {});
      sequence += places.length;
      at += places.reduce((sum, { dataBytes }) => sum + dataBytes, 0);
    }
  }
  await Promise.all(ring.map(({ taken }) => taken));
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

async function readBlock(
  file: FileHandle,
  memory: Buffer,
  chunkField: number,
  places: readonly ChunkPlace[],
): Promise<Buffer[]> {
  const frames = places.map(
    (place, index): ChunkFrame => layOutChunk(memory.subarray(index * slotBytes), chunkField, place),
  );
  const first = places[0];
  if (!first) return [];
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
