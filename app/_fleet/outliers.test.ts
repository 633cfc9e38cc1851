import { describe, expect, it } from 'vitest';
import { findOutliers } from './outliers.ts';

const indices = (values: (number | null)[], floor = 0) => [...findOutliers(values, floor).keys()];

describe('outliers', () => {
  it('are those far above the others', () => {
    expect(indices([1, 1.1, 0.9, 1, 5, 1.05])).toEqual([4]);
    expect(findOutliers([1, 1, 1, 1, 5], 0).get(4)?.ratio).toBe(5);
  });

  it('are not hidden by each other', () => {
    expect(indices([1, 1.1, 0.9, 1, 1.05, 9, 10])).toEqual([5, 6]);
  });

  it('do not exist among equals, among two, or below the floor', () => {
    expect(indices([3, 3, 3, 3])).toEqual([]);
    expect(indices([1, 100])).toEqual([]);
    expect(indices([0.001, 0.001, 0.001, 0.009], 0.1)).toEqual([]);
  });

  it('are at least twice the median, however even the others are', () => {
    expect(indices([1, 1, 1, 1, 1.9])).toEqual([]);
    expect(indices([1, 1, 1, 1, 2.1])).toEqual([4]);
  });

  it('leave out what was not measured', () => {
    expect(indices([null, 1, null, 1, 1, 8])).toEqual([5]);
  });
});
