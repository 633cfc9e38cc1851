import { type FileHandle, open } from 'node:fs/promises';
import type { ChunkEncoding } from '../../../../proto/gen/opscenter/v1/capture_pb.ts';
import { CaptureFailure } from '../../errors.ts';
import type { Artifact } from '../artifacts/artifact.ts';
import {
  type ChunkFrame,
  type ChunkPlace,
  chunkBytes,
  layOutChunk,
  mostHeaderBytes,
} from './chunk-encoder.ts';
import { ChunkPacker, mostUnpackedBytes } from './chunk-packer.ts';
import type { MessageSink } from './message-sink.ts';

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

class ArtifactCut extends CaptureFailure {
  constructor() {
    super('artifact-unwritable', 'The artifact on the instance is shorter than it was written.');
  }
}

/** Messages of a block, and how many bytes of the artifact are in them. */
interface Filled {
  messages: Buffer[];
  artifactBytes: number;
}

export interface ChunkStream {
  offset: number;
  /** Number of the field of the message that a chunk is in. */
  chunkField: number;
  /** How the reader can read packed chunks, the best first. */
  acceptEncodings: readonly ChunkEncoding[];
}

/**
 * Sends an artifact from an offset, in messages with a chunk each, as fast as the reader takes them.
 *
 * @throws {ReaderGone}
 */
export async function sendChunks(
  artifact: Artifact,
  { offset, chunkField, acceptEncodings }: ChunkStream,
  sink: MessageSink<unknown>,
): Promise<void> {
  await using file = await open(artifact.path, 'r');
  const ring = Array.from(
    { length: blocks },
    (): Block => ({ memory: Buffer.allocUnsafeSlow(chunksPerBlock * slotBytes), taken: Promise.resolve() }),
  );
  const source: ChunkSource = { artifact, file, chunkField };
  const packing = toPacking(acceptEncodings);
  let next: Next = { offset, sequence: 0 };
  while (next.offset < artifact.sizeBytes) {
    for (const block of ring) {
      await block.taken;
      const packed = packing?.packer.isTrying && (await fillPacked(source, packing, block.memory, next));
      const filled = packed || (await fillPlain(source, block.memory, next));
      if (!packed) packing?.packer.sentPlain(filled.artifactBytes);
      block.taken = sink.sendAll(filled.messages);
      block.taken.catch(() => {});
      next = {
        offset: next.offset + filled.artifactBytes,
        sequence: next.sequence + filled.messages.length,
      };
    }
  }
  await Promise.all(ring.map(({ taken }) => taken));
}

/** Where the stream goes on. */
interface Next {
  offset: number;
  sequence: number;
}

interface Packing {
  packer: ChunkPacker;
  /** Where bytes wait to be packed. */
  unpacked: Buffer;
}

function toPacking(acceptEncodings: readonly ChunkEncoding[]): Packing | undefined {
  const packer = ChunkPacker.for(acceptEncodings);
  return packer && { packer, unpacked: Buffer.allocUnsafeSlow(mostUnpackedBytes) };
}

interface ChunkSource {
  artifact: Artifact;
  file: FileHandle;
  chunkField: number;
}

/** As it is, read straight into its place in the messages. */
async function fillPlain(
  { artifact, file, chunkField }: ChunkSource,
  memory: Buffer,
  { offset, sequence }: Next,
): Promise<Filled> {
  const places = placesFrom(artifact, offset, sequence);
  const messages = await readBlock(file, memory, chunkField, places);
  return { messages, artifactBytes: places.reduce((sum, { dataBytes }) => sum + dataBytes, 0) };
}

/** Undefined when the next bytes do not get smaller. */
async function fillPacked(
  { artifact, file, chunkField }: ChunkSource,
  { packer, unpacked }: Packing,
  memory: Buffer,
  next: Next,
): Promise<Filled | undefined> {
  const messages: Buffer[] = [];
  let { offset } = next;
  while (messages.length < chunksPerBlock && offset < artifact.sizeBytes) {
    const wanted = Math.min(packer.wantedBytes, artifact.sizeBytes - offset);
    const { bytesRead } = await file.read(unpacked, 0, wanted, offset);
    if (bytesRead !== wanted) throw new ArtifactCut();
    const packed = packer.pack(unpacked.subarray(0, wanted));
    if (!packed) break;
    const { encoding, unpackedBytes } = packed;
    const slot = memory.subarray(messages.length * slotBytes, (messages.length + 1) * slotBytes);
    const { message, data } = layOutChunk(slot, chunkField, {
      sequence: next.sequence + messages.length,
      offset,
      dataBytes: packed.data.length,
      packing: { encoding, unpackedBytes },
    });
    data.set(packed.data);
    messages.push(message);
    offset += unpackedBytes;
  }
  return messages.length > 0 ? { messages, artifactBytes: offset - next.offset } : undefined;
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
    throw new ArtifactCut();
  }
  return frames.map(({ message }) => message);
}
