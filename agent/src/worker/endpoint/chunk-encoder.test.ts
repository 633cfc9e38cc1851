import { fromBinary } from '@bufbuild/protobuf';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ChunkEncoding,
  CollectPerformanceDataResponseSchema,
  ReadArtifactResponseSchema,
} from '../../../../proto/gen/opscenter/v1/capture_pb.ts';
import { chunkFields, layOutChunk, mostHeaderBytes } from './chunk-encoder.ts';

const places = fc.record({
  sequence: fc.oneof(fc.constant(0), fc.maxSafeNat()),
  offset: fc.oneof(fc.constant(0), fc.maxSafeNat()),
  dataBytes: fc.integer({ min: 1, max: 32_768 }),
  packing: fc.option(
    fc.record({
      encoding: fc.constantFrom(ChunkEncoding.GZIP, ChunkEncoding.ZSTD),
      unpackedBytes: fc.integer({ min: 1, max: 262_144 }),
    }),
  ),
});

describe('a chunk encoded by hand', () => {
  it.each([
    ['CollectPerformanceData', CollectPerformanceDataResponseSchema, chunkFields.collectPerformanceData],
    ['ReadArtifact', ReadArtifactResponseSchema, chunkFields.readArtifact],
  ])('is what the generated decoder of %s reads', (_, schema, field) => {
    fc.assert(
      fc.property(places, ({ packing, ...plain }) => {
        const place = packing ? { ...plain, packing } : plain;
        const memory = Buffer.alloc(place.dataBytes + mostHeaderBytes);
        const { message, data } = layOutChunk(memory, field, place);
        data.fill(0xa5);
        const { event } = fromBinary(schema, message);
        if (event.case !== 'chunk') throw new Error(`decoded as ${event.case}`);
        expect(Number(event.value.sequence)).toBe(place.sequence);
        expect(Number(event.value.offset)).toBe(place.offset);
        expect(event.value.encoding).toBe(packing?.encoding ?? ChunkEncoding.UNSPECIFIED);
        expect(event.value.unpackedBytes).toBe(packing?.unpackedBytes ?? 0);
        expect(Buffer.from(event.value.data).equals(data)).toBe(true);
        expect(data.length).toBe(place.dataBytes);
      }),
    );
  });
});
