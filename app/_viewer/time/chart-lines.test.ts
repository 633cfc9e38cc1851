import { describe, expect, test } from 'vitest';
import { depthAtY, depthsSeen, topOfDepth } from './chart-lines.ts';

const above = { maxDepth: 10, rootBelow: false };
const below = { maxDepth: 10, rootBelow: true };

describe('the lines of a chart', () => {
  test('begin with what the root called, at the end where the root is', () => {
    expect(topOfDepth(above, 1)).toBe(0);
    expect(topOfDepth(below, 10)).toBe(0);
    expect(topOfDepth(below, 1)).toBe(180);
  });

  test('are found by a point in them', () => {
    for (const lines of [above, below]) {
      for (let depth = 1; depth <= 10; depth++) {
        expect(depthAtY(lines, topOfDepth(lines, depth))).toBe(depth);
        expect(depthAtY(lines, topOfDepth(lines, depth) + 19.5)).toBe(depth);
      }
    }
  });

  test('are in sight when a part of them is', () => {
    expect(depthsSeen(above, 0, 60)).toEqual({ first: 1, count: 3 });
    expect(depthsSeen(above, 10, 60)).toEqual({ first: 1, count: 4 });
    expect(depthsSeen(below, 10, 60)).toEqual({ first: 7, count: 4 });
    expect(depthsSeen(above, 0, 5000)).toEqual({ first: 1, count: 10 });
    expect(depthsSeen({ ...above, maxDepth: 0 }, 0, 100).count).toBe(0);
  });
});
