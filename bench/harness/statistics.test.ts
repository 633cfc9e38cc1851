import { describe, expect, test } from 'vitest';
import { meets } from './bench.ts';
import { median, percentile, round } from './statistics.ts';

describe('statistics', () => {
  test('the median is the middle, or the mean of the two in the middle', () => {
    expect(median([9, 1, 5])).toBe(5);
    expect(median([4, 1, 3, 2])).toBe(2.5);
  });

  test('a percentile is a value that was measured', () => {
    const values = Array.from({ length: 100 }, (_, index) => index + 1);
    expect([percentile(values, 0.99), percentile(values, 0.95), percentile([7], 0.99)]).toEqual([99, 95, 7]);
  });

  test('three digits are kept', () => {
    expect([round(0.123456), round(1234.5)]).toEqual([0.123, 1230]);
  });

  test('a target is a lower or an upper bound', () => {
    expect(meets({ value: 0.8, target: { atLeast: 0.8 }, meaning: '' })).toBe(true);
    expect(meets({ value: 33, target: { atMost: 32 }, meaning: '' })).toBe(false);
    expect(meets({ value: Number.NaN, target: { atMost: 32 }, meaning: '' })).toBe(false);
  });
});
