import { describe, expect, test } from 'vitest';
import { ChunkEncoding } from '#proto/gen/opscenter/v1/capture_pb.ts';
import { encodingsFor } from './chunk-encodings.ts';

describe('what an agent is asked to pack', () => {
  test.each([
    ['auto', '127.0.0.1', false],
    ['auto', '::1', false],
    ['auto', '10.0.0.7', true],
    ['on', '127.0.0.1', true],
    ['off', '10.0.0.7', false],
  ] as const)('%s, at %s: %s', (compression, host, packs) => {
    expect(encodingsFor(host, compression)).toEqual(packs ? [ChunkEncoding.ZSTD, ChunkEncoding.GZIP] : []);
  });
});
