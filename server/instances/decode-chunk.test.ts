import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type ArtifactChunk,
  ChunkEncoding,
  ReadArtifactResponseSchema,
} from '#proto/gen/opscenter/v1/capture_pb.ts';
import { decodeChunk } from './decode-chunk.ts';

const CHUNK_FIELD = 2;

const PLAIN: Pick<ArtifactChunk, 'encoding' | 'unpackedBytes'> = {
  encoding: ChunkEncoding.UNSPECIFIED,
  unpackedBytes: 0,
};

function encode(sequence: bigint, offset: bigint, data: Uint8Array, packing = PLAIN): Uint8Array {
  const value = { sequence, offset, data: new Uint8Array(data), ...packing };
  const event = { case: 'chunk' as const, value };
  return toBinary(ReadArtifactResponseSchema, create(ReadArtifactResponseSchema, { event }));
}

const packings = fc.record({
  encoding: fc.constantFrom(ChunkEncoding.UNSPECIFIED, ChunkEncoding.GZIP, ChunkEncoding.ZSTD),
  unpackedBytes: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
});

describe('the quick way to read a chunk', () => {
  test('reads what the general one reads', () => {
    const number = fc.bigInt({ min: 0n, max: 2n ** 48n });
    fc.assert(
      fc.property(
        number,
        number,
        fc.uint8Array({ minLength: 1, maxLength: 300 }),
        packings,
        (sequence, offset, data, packing) => {
          const bytes = encode(sequence, offset, data, packing);
          expect(decodeChunk(bytes, CHUNK_FIELD)).toMatchObject({ sequence, offset, ...packing });
          expect(decodeChunk(bytes, CHUNK_FIELD)?.data).toEqual(new Uint8Array(data));
        },
      ),
    );
  });

  test('agrees with the general one or leaves it to that, whatever the bytes', () => {
    const damaged = fc
      .tuple(
        fc.uint8Array({ minLength: 1, maxLength: 40 }),
        fc.nat(60),
        fc.integer({ min: 0, max: 255 }),
        packings,
      )
      .map(([data, at, byte, packing]) => {
        const bytes = encode(3n, 70_000n, data, packing);
        bytes[at % bytes.length] = byte;
        return bytes;
      });
    fc.assert(
      fc.property(fc.oneof(damaged, fc.uint8Array({ maxLength: 60 })), (bytes) => {
        const quick = decodeChunk(bytes, CHUNK_FIELD);
        if (!quick) return;
        const { event } = fromBinary(ReadArtifactResponseSchema, bytes);
        if (event.case !== 'chunk') throw new Error(`the general one reads ${event.case}`);
        const { sequence, offset, data, encoding, unpackedBytes } = event.value;
        expect({ sequence, offset, data: [...data], encoding, unpackedBytes }).toEqual({
          sequence: quick.sequence,
          offset: quick.offset,
          data: [...quick.data],
          encoding: quick.encoding,
          unpackedBytes: quick.unpackedBytes,
        });
      }),
      { numRuns: 2000 },
    );
  });

  test.each([
    [
      'another event',
      toBinary(
        ReadArtifactResponseSchema,
        create(ReadArtifactResponseSchema, { event: { case: 'done', value: {} } }),
      ),
    ],
    ['a number beyond what is safe', encode(2n ** 63n, 0n, new Uint8Array(3))],
    ['nothing', new Uint8Array(0)],
    ['half a message', encode(1n, 2n, new Uint8Array(30)).subarray(0, 12)],
  ])('leaves %s to the general one', (_what, bytes) => {
    expect(decodeChunk(bytes, CHUNK_FIELD)).toBeUndefined();
  });
});
