import { describe, expect, test } from 'vitest';
import { anchorAt, placeBeside } from './place-floating.ts';

const WINDOW = { width: 1000, height: 600 };
const SIZE = { width: 200, height: 300 };

describe('what floats', () => {
  test('stands below its anchor where there is room', () => {
    expect(placeBeside(anchorAt(100, 50), SIZE, WINDOW)).toEqual({ x: 100, y: 54 });
  });

  test('stands above where there is none below', () => {
    expect(placeBeside(anchorAt(100, 500), SIZE, WINDOW)).toEqual({ x: 100, y: 196 });
  });

  test('ends where its anchor ends at the right edge', () => {
    const anchor = { left: 900, top: 10, right: 980, bottom: 30 };
    expect(placeBeside(anchor, SIZE, WINDOW).x).toBe(780);
  });

  test('stays within the window, however small that is', () => {
    expect(placeBeside(anchorAt(5, 5), { width: 400, height: 900 }, { width: 390, height: 700 })).toEqual({
      x: 8,
      y: 8,
    });
  });
});
