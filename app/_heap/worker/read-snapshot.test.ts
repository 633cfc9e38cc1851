import { describe, expect, test } from 'vitest';
import { ProfileError } from '#profile/errors.ts';
import { HeapExplorer } from '#profile/heap/query/heap-explorer.ts';
import { heapFromText } from '#profile/heap/text/heap-from-text.ts';
import type { ReadingProgress } from './protocol.ts';
import { readSnapshot } from './read-snapshot.ts';

async function* chunksOf(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function read(bytes: Uint8Array) {
  const told: ReadingProgress[] = [];
  let share = 0;
  const heap = await readSnapshot(
    {
      bytes: chunksOf(bytes, 50),
      fileBytes: bytes.length,
      readShare: () => {
        share += 50 / bytes.length;
        return Math.min(1, share);
      },
    },
    (progress) => told.push(progress),
  );
  return { heap, told };
}

describe('a snapshot that is read where it lies', () => {
  test('answers questions, and tells on the way how far it is, which only grows', async () => {
    const { heap, told } = await read(
      heapFromText(`
        root
          Cache 10
            Session 100
      `).bytes,
    );
    const { rows } = new HeapExplorer(heap).answer({
      ask: 'classes',
      filter: 'Session',
      order: { by: 'retained', descending: true },
      page: { offset: 0, limit: 10 },
    });
    expect(rows).toMatchObject([{ className: 'Session', count: 1, shallowBytes: 100 }]);
    const shares = told.map(({ share }) => share);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(told[0]?.phase).toBe('reading');
    expect(told.at(-1)?.phase).toBe('names');
    expect(shares.at(-1)).toBeLessThanOrEqual(1);
  });

  test('that is cut off is refused with a sentence', async () => {
    const bytes = heapFromText('root\n  Cache 10').bytes;
    await expect(read(bytes.subarray(0, -20))).rejects.toThrow(ProfileError);
  });
});
