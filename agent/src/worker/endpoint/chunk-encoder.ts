/** A message's bytes with the place where the chunk's data belongs, so that a file is read straight into it. */
export interface ChunkFrame {
  message: Buffer;
  data: Buffer;
}

export interface ChunkPlace {
  sequence: number;
  offset: number;
  dataBytes: number;
}

/** Field numbers of `ArtifactChunk chunk` in the messages that carry one. */
export const chunkFields = { collectPerformanceData: 4, readArtifact: 2 } as const;

const lengthDelimited = 2;

/**
 * Messages with one chunk each, laid out in one piece of memory. By hand, because the generated encoder copies the
 * data and takes four times as long.
 *
 * @see https://protobuf.dev/programming-guides/encoding/
 */
export function layOutChunks(chunkField: number, places: readonly ChunkPlace[]): ChunkFrame[] {
  const headers = places.map((place) => headerOf(chunkField, place));
  const sizes = places.map(({ dataBytes }, index) => (headers[index]?.length ?? 0) + dataBytes);
  const memory = Buffer.allocUnsafeSlow(sizes.reduce((sum, size) => sum + size, 0));
  let at = 0;
  return headers.map((header, index) => {
    const message = memory.subarray(at, at + (sizes[index] ?? 0));
    memory.set(header, at);
    at += message.length;
    return { message, data: message.subarray(header.length) };
  });
}

function headerOf(chunkField: number, { sequence, offset, dataBytes }: ChunkPlace): number[] {
  const chunkHeader: number[] = [];
  // Zero is the default and is not written.
  if (sequence > 0) chunkHeader.push(1 << 3, ...varint(sequence));
  if (offset > 0) chunkHeader.push(2 << 3, ...varint(offset));
  chunkHeader.push((3 << 3) | lengthDelimited, ...varint(dataBytes));
  return [(chunkField << 3) | lengthDelimited, ...varint(chunkHeader.length + dataBytes), ...chunkHeader];
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
