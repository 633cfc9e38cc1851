import type { ChunkEncoding } from '../../../../proto/gen/opscenter/v1/capture_pb.ts';

export interface ChunkPlace {
  sequence: number;
  offset: number;
  dataBytes: number;
  /** How the data is packed, and how many bytes it is unpacked; left out when it is as it is. */
  packing?: { encoding: ChunkEncoding; unpackedBytes: number };
}

/** A message's bytes, and the part of them where the chunk's data belongs. */
export interface ChunkFrame {
  message: Buffer;
  data: Buffer;
}

/** What the data of a message may be, packed or not, by the contract. */
export const chunkBytes = 32 * 1024;

/** Field numbers of `ArtifactChunk chunk` in the messages that carry one. */
export const chunkFields = { collectPerformanceData: 4, readArtifact: 2 } as const;

/**
 * Tags, two lengths of at most 3 bytes, a sequence and an offset of at most 8, and behind the data two fields of at most
 * 6 together: 34 bytes at the very most.
 */
export const mostHeaderBytes = 40;

const lengthDelimited = 2;

/**
 * Lays a message with one chunk out in the memory, from its beginning, so that a file is read straight into its place.
 * By hand, because the generated encoder copies the data and takes four times as long.
 *
 * @see https://protobuf.dev/programming-guides/encoding/
 */
export function layOutChunk(memory: Buffer, chunkField: number, place: ChunkPlace): ChunkFrame {
  const tail = tailOf(place);
  const header = headerOf(chunkField, place, tail.length);
  memory.set(header);
  const end = header.length + place.dataBytes;
  memory.set(tail, end);
  return { message: memory.subarray(0, end + tail.length), data: memory.subarray(header.length, end) };
}

function headerOf(
  chunkField: number,
  { sequence, offset, dataBytes }: ChunkPlace,
  tailBytes: number,
): number[] {
  const chunkHeader: number[] = [];
  // Zero is the default and is not written.
  if (sequence > 0) chunkHeader.push(1 << 3, ...varint(sequence));
  if (offset > 0) chunkHeader.push(2 << 3, ...varint(offset));
  chunkHeader.push((3 << 3) | lengthDelimited, ...varint(dataBytes));
  const lengthOfAll = chunkHeader.length + dataBytes + tailBytes;
  return [(chunkField << 3) | lengthDelimited, ...varint(lengthOfAll), ...chunkHeader];
}

function tailOf({ packing }: ChunkPlace): number[] {
  if (!packing) return [];
  return [4 << 3, ...varint(packing.encoding), 5 << 3, ...varint(packing.unpackedBytes)];
}

/** Seven bits a byte, least significant first. Division, because offsets outgrow 32 bits. */
function varint(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  while (rest >= 0x80) {
    bytes.push((rest % 0x80) | 0x80);
    rest = Math.floor(rest / 0x80);
  }
  bytes.push(rest);
  return bytes;
}
