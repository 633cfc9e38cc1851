import { describe, expect, test } from 'vitest';
import { chunksOfFile } from './file-chunks.ts';

const MEBIBYTE = 1 << 20;

async function read(file: Blob): Promise<Uint8Array[]> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of chunksOfFile(file)) chunks.push(chunk);
  return chunks;
}

describe('the chunks of a file', () => {
  test.each([0, 1, 4 * MEBIBYTE - 1, 4 * MEBIBYTE, 4 * MEBIBYTE + 1, 9 * MEBIBYTE])(
    'are all its bytes in their order, of %d',
    async (length) => {
      const bytes = Uint8Array.from({ length }, (_, index) => index * 31 + (index >> 8));
      expect(Buffer.concat(await read(new Blob([bytes]))).equals(bytes)).toBe(true);
    },
  );

  test('are large, and few', async () => {
    const lengths = (await read(new Blob([new Uint8Array(9 * MEBIBYTE)]))).map((chunk) => chunk.length);
    expect(lengths).toEqual([4 * MEBIBYTE, 4 * MEBIBYTE, MEBIBYTE]);
  });

  test('that cannot be read throw what the browser says', async () => {
    const moved = new DOMException('gone', 'NotReadableError');
    const gone = { size: 1, slice: () => ({ arrayBuffer: () => Promise.reject(moved) }) } as unknown as Blob;
    await expect(read(gone)).rejects.toBe(moved);
  });
});
