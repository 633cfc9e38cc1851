import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ReadArtifactResponseSchema } from '#proto/gen/opscenter/v1/capture_pb.ts';
import { decodeChunk } from './decode-chunk.ts';

const CHUNK_FIELD = 2;

function encode(sequence: bigint, offset: bigint, data: Uint8Array): Uint8Array {
  const event = { case: 'chunk' as const, value: { sequence, offset, data: new Uint8Array(data) } };
  return toBinary(ReadArtifactResponseSchema, create(ReadArtifactResponseSchema, { event }));
}

describe('the quick way to read a chunk', () => {
  test('reads what the general one reads', () => {
    const number = fc.bigInt({ min: 0n, max: 2n ** 48n });
    fc.assert(
      fc.property(
        number,
        number,
        fc.uint8Array({ minLength: 1, maxLength: 300 }),
        (sequence, offset, data) => {
          const bytes = encode(sequence, offset, data);
          expect(decodeChunk(bytes, CHUNK_FIELD)).toMatchObject({ sequence, offset });
          expect(decodeChunk(bytes, CHUNK_FIELD)?.data).toEqual(new Uint8Array(data));
        },
      ),
    );
  });

  test('agrees with the general one or leaves it to that, whatever the bytes', () => {
    const damaged = fc
      .tuple(fc.uint8Array({ minLength: 1, maxLength: 40 }), fc.nat(60), fc.integer({ min: 0, max: 255 }))
      .map(([data, at, byte]) => {
        const bytes = encode(3n, 70_000n, data);
        bytes[at % bytes.length] = byte;
        return bytes;
      });
    fc.assert(
      fc.property(fc.oneof(damaged, fc.uint8Array({ maxLength: 60 })), (bytes) => {
        const quick = decodeChunk(bytes, CHUNK_FIELD);
        if (!quick) return;
        const { event } = fromBinary(ReadArtifactResponseSchema, bytes);
        if (event.case !== 'chunk') throw new Error(`the general one reads ${event.case}`);
        const { sequence, offset, data } = event.value;
        expect({ sequence, offset, data: [...data] }).toEqual({
          sequence: quick.sequence,
          offset: quick.offset,
          data: [...quick.data],
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
