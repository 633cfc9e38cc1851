import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { ProfileSyntaxError } from '../errors.ts';
import { unpackGzip } from './unpack-gzip.ts';

const text = 'wait and lock profiles come packed; '.repeat(5000);
const packed = gzipSync(text);

async function* inPieces(bytes: Uint8Array, size: number, failure?: Error) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.slice(at, at + size);
  if (failure) throw failure;
}

async function unpack(chunks: AsyncIterable<Uint8Array>): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const part of unpackGzip(chunks)) parts.push(part);
  return Buffer.concat(parts).toString();
}

describe('unpacking gzip', () => {
  test.each([1, 7, 4096, packed.length])(
    'gives back the whole, cut into pieces of %i bytes',
    async (size) => {
      expect(await unpack(inPieces(packed, size))).toBe(text);
    },
  );

  test('says so when the bytes are none, or end too early', async () => {
    await expect(unpack(inPieces(Buffer.from('{"nodes":[]}'), 5))).rejects.toThrow(ProfileSyntaxError);
    await expect(unpack(inPieces(packed.subarray(0, -5), 100))).rejects.toThrow(ProfileSyntaxError);
    await expect(unpack(inPieces(new Uint8Array(0), 1))).rejects.toThrow(ProfileSyntaxError);
  });

  test('passes on what its source throws, for that is another matter', async () => {
    const failure = new TypeError('network error');
    await expect(unpack(inPieces(packed.subarray(0, 40), 8, failure))).rejects.toBe(failure);
  });

  test('lets go of its source when nobody wants more', async () => {
    let ended = false;
    async function* endless() {
      try {
        for (;;) yield packed.subarray(0, 100);
      } finally {
        ended = true;
      }
    }
    const pieces = unpackGzip(endless());
    await pieces.next().catch(() => {});
    await pieces.return(undefined);
    await expect.poll(() => ended).toBe(true);
  });
});
