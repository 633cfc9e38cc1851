import { describe, expect, it } from 'vitest';
import { partNames } from './part-names.ts';
import { placeFiles } from './place-files.ts';

const part = (instanceName: string, requestedAt = '12:00') => ({ instanceName, requestedAt });

describe('what merged captures are called', () => {
  it('is the name of their instance', () => {
    expect(partNames([part('a'), part('b')], String)).toEqual(['a', 'b']);
  });

  it('adds the time for those of one instance, and a number where that is the same, too', () => {
    expect(partNames([part('a'), part('a', '12:01'), part('a', '12:01'), part('b')], String)).toEqual([
      'a, 12:00',
      'a, 12:01',
      'a, 12:01 (2)',
      'b',
    ]);
  });
});

describe('files that are compared', () => {
  const [old, recent] = [{ lastModified: 1 }, { lastModified: 2 }];
  const none = { before: undefined, after: undefined };
  const free = { before: false, after: false };

  it('stand in the order in which they were written when two come together', () => {
    expect(placeFiles(none, free, [recent, old])).toEqual({ before: old, after: recent });
  });

  it('fill the sides one after the other when they come alone', () => {
    const first = placeFiles(none, free, [recent]);
    expect(first).toEqual({ before: recent, after: undefined });
    expect(placeFiles(first, free, [old])).toEqual({ before: recent, after: old });
  });

  it('stand beside a capture that is there', () => {
    expect(placeFiles(none, { before: true, after: false }, [old])).toEqual({
      before: undefined,
      after: old,
    });
    expect(placeFiles(none, { before: false, after: true }, [old])).toEqual({
      before: old,
      after: undefined,
    });
  });
});
