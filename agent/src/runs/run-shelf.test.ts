import { describe, expect, it } from 'vitest';
import { RunShelf } from './run-shelf.ts';

interface Run {
  endedAtMs: number | undefined;
}

function shelfAt(clock: { nowMs: number }, spentKeys: string[] = []): RunShelf<Run> {
  return new RunShelf<Run>(spentKeys, () => clock.nowMs);
}

describe('the shelf of runs', () => {
  it('holds a run until ten minutes after its end, and its key for ever', () => {
    const clock = { nowMs: 0 };
    const shelf = shelfAt(clock);
    shelf.put('a', { endedAtMs: 1_000 });
    shelf.put('b', { endedAtMs: undefined });
    clock.nowMs = 601_000;
    expect(shelf.find('a')).toBeDefined();
    clock.nowMs = 601_001;
    expect(shelf.find('a')).toBeUndefined();
    expect(shelf.isSpent('a')).toBe(true);
    clock.nowMs = 1e9;
    expect(shelf.find('b')).toBeDefined();
    expect(shelf.isSpent('b')).toBe(false);
  });

  it('holds 64 at most, and lets go of what ended first', () => {
    const shelf = shelfAt({ nowMs: 100 });
    for (let number = 0; number < 64; number += 1) {
      expect(shelf.put(`${number}`, { endedAtMs: number === 0 ? undefined : 100 - number })).toBe(true);
    }
    expect(shelf.put('one more', { endedAtMs: undefined })).toBe(true);
    expect(shelf.list()).toHaveLength(64);
    expect(shelf.find('63')).toBeUndefined();
    expect(shelf.isSpent('63')).toBe(true);
    expect(shelf.find('0')).toBeDefined();
  });

  it('takes none when all of them run', () => {
    const shelf = shelfAt({ nowMs: 0 });
    for (let number = 0; number < 64; number += 1) shelf.put(`${number}`, { endedAtMs: undefined });
    expect(shelf.put('one more', { endedAtMs: undefined })).toBe(false);
    expect(shelf.find('one more')).toBeUndefined();
  });

  it('keeps the newest 4096 keys that were spent', () => {
    const clock = { nowMs: 0 };
    const shelf = shelfAt(
      clock,
      Array.from({ length: 4_096 }, (_, number) => `old-${number}`),
    );
    shelf.put('new', { endedAtMs: 0 });
    clock.nowMs = 1e6;
    expect(shelf.find('new')).toBeUndefined();
    expect(shelf.spentKeys).toHaveLength(4_096);
    expect(shelf.isSpent('new')).toBe(true);
    expect(shelf.isSpent('old-0')).toBe(false);
    expect(shelf.isSpent('old-1')).toBe(true);
  });
});
