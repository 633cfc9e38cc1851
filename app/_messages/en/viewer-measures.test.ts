import { describe, expect, test } from 'vitest';
import { createFormats } from '../../_format/formats.ts';
import { valueIn, viewerMeasures } from './viewer-measures.ts';

const f = createFormats('en', 'UTC');
const words = viewerMeasures(f);
const plain = (text: string) => text.replaceAll('\u00a0', ' ');

describe('a value of a profile', () => {
  test.each([
    [12_400_000, 'bytes', '12.4 MB'],
    [1500, 'microseconds', '1.5 ms'],
    [2_500_000, 'nanoseconds', '2.5 ms'],
    [90, 'seconds', '1 min 30 s'],
    [3120, 'count', '3,120'],
    [7.25, 'furlongs', '7.25 furlongs'],
  ])('%d %s is written as %s', (amount, unit, text) => {
    expect(plain(valueIn(f, amount, unit))).toBe(text);
  });
});

describe('how one speaks of what a profile measures', () => {
  test('fits it', () => {
    const inUse = words.measure('inuse_space').whole(valueIn(f, 12_400_000, 'bytes'));
    expect(plain(words.in(inUse, words.counted('samples').count(3120)))).toBe(
      '12.4 MB in use in 3,120 samples',
    );
    const waited = words.measure('delay').whole(valueIn(f, 25e9, 'nanoseconds'));
    expect(plain(words.in(waited, words.counted('contentions').count(1)))).toBe('25 s of waiting in 1 wait');
    expect(words.measure('held').longest?.('66 ms')).toBe('the longest hold 66 ms');
  });

  test('is the name that the file has for it, where it is not known', () => {
    expect(words.measure('wall').name).toBe('wall');
    expect(words.measure('constructor').name).toBe('constructor');
    expect(plain(words.counted('events').count(2))).toBe('2 events');
  });
});
