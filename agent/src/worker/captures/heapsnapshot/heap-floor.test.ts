import { describe, expect, it } from 'vitest';
import { HeapFloor } from './heap-floor.ts';

const memory = (usedMb: number, largeMb = 0) => ({
  usedBytes: usedMb * 1e6,
  totalBytes: usedMb * 1e6,
  limitBytes: 0,
  largeObjectBytes: largeMb * 1e6,
  externalBytes: 0,
});

describe('what lives on a heap', () => {
  it('is not known before a reading, and then at most the least that was read', () => {
    const floor = new HeapFloor(() => 0);
    expect(floor.least).toBeUndefined();
    for (const usedMb of [900, 400, 1_500]) floor.take(memory(usedMb));
    expect(floor.least?.usedBytes).toBe(400e6);
  });

  it('does not count what lies in large objects', () => {
    const floor = new HeapFloor(() => 0);
    floor.take(memory(300, 290));
    floor.take(memory(100));
    expect(floor.least?.largeObjectBytes).toBe(290e6);
  });

  it('is read anew after ten minutes, and a reading is fresh for seconds', () => {
    let nowMs = 0;
    const floor = new HeapFloor(() => nowMs);
    floor.take(memory(100));
    expect(floor.isFresh).toBe(true);
    nowMs = 60_000;
    expect(floor.isFresh).toBe(false);
    nowMs = 601_000;
    floor.take(memory(700));
    expect(floor.least?.usedBytes).toBe(700e6);
  });
});
