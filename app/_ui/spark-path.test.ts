import { describe, expect, it } from 'vitest';
import { sparkPath } from './spark-path.ts';

const nothing = Number.NaN;
const line = (...values: number[]) => sparkPath(values, 10, 4, 12.5).line;

describe('the path of a sparkline', () => {
  it('goes from zero at the bottom to the highest value at the top', () => {
    expect(line(0, 5, 10, 20, 0)).toBe('M0 11.5L1 9L2 6.5L3 1.5L4 11.5');
  });

  it('stays flat while the values are below what fills the height', () => {
    expect(line(1, 1, 1, 1, 1)).toBe('M0 10.5L1 10.5L2 10.5L3 10.5L4 10.5');
  });

  it('leaves a gap where nothing was measured, but for a single second', () => {
    expect(line(10, nothing, nothing, 10, 10)).toBe('M0 1.5h1M3 1.5L4 1.5');
    expect(line(10, nothing, 10, 10, 10)).toBe('M0 1.5L2 1.5L3 1.5L4 1.5');
  });

  it('is empty without values', () => {
    expect(sparkPath([nothing, nothing], 1, 4, 4)).toEqual({ line: '', area: '' });
  });

  it('closes each area down to the ground', () => {
    expect(sparkPath([10, 10, nothing, nothing, 10], 10, 4, 12.5).area).toBe(
      'M0 1.5L1 1.5L1 12.5L0 12.5ZM4 1.5L4 12.5L4 12.5Z',
    );
  });
});
