import type { ArtifactChunk, ChunkEncoding } from '#proto/gen/opscenter/v1/capture_pb.ts';

/**
 * Reads the message that an artifact mostly consists of: a response whose one field is a chunk, with its fields
 * in order, as every encoder writes it. A hundredth of the time that the general decoder takes, and it is
 * done for each 32 KiB of a gigabyte. Whatever looks different in any way is left to the general decoder.
 *
 * Wire format: https://protobuf.dev/programming-guides/encoding/
 *
 * @param chunkField number of the chunk in the response's `oneof`
 */
export function decodeChunk(message: Uint8Array, chunkField: number): ArtifactChunk | undefined {
  const reader = new Reader(message);
  if (reader.varint() !== ((chunkField << 3) | LENGTH_DELIMITED)) return undefined;
  if (reader.varint() !== message.length - reader.at) return undefined;
  const sequence = reader.number(SEQUENCE);
  const offset = reader.number(OFFSET);
  if (reader.varint() !== ((DATA << 3) | LENGTH_DELIMITED)) return undefined;
  const length = reader.varint();
  if (length === undefined || sequence === undefined || offset === undefined) return undefined;
  if (length > message.length - reader.at) return undefined;
  const data = message.subarray(reader.at, reader.at + length) as Uint8Array<ArrayBuffer>;
  reader.at += length;
  const encoding = reader.number(ENCODING);
  const unpackedBytes = reader.number(UNPACKED_BYTES);
  if (encoding === undefined || encoding > LARGEST_ENUM) return undefined;
  if (unpackedBytes === undefined || unpackedBytes > LARGEST_UINT32) return undefined;
  if (reader.at !== message.length) return undefined;
  return {
    $typeName: 'opscenter.v1.ArtifactChunk',
    sequence: BigInt(sequence),
    offset: BigInt(offset),
    data,
    encoding: encoding as ChunkEncoding,
    unpackedBytes,
  };
}

const LENGTH_DELIMITED = 2;
const SEQUENCE = 1;
const OFFSET = 2;
const DATA = 3;
const ENCODING = 4;
const UNPACKED_BYTES = 5;
const LARGEST_ENUM = 2 ** 31 - 1;
const LARGEST_UINT32 = 2 ** 32 - 1;
const MAX_VARINT_BYTES = 7;

class Reader {
  at = 0;
  readonly #bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** A field of kind varint; 0 when it is not there, as proto3 has it; undefined when it cannot be read. */
  number(field: number): number | undefined {
    if (this.#bytes[this.at] !== field << 3) return 0;
    this.at++;
    return this.varint();
  }

  /** undefined beyond 49 bits and at the end of the bytes. */
  varint(): number | undefined {
    let value = 0;
    let scale = 1;
    for (let count = 0; count < MAX_VARINT_BYTES; count++) {
      const byte = this.#bytes[this.at++];
      if (byte === undefined) return undefined;
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
      scale *= 128;
    }
    return undefined;
  }
}
