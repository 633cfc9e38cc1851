import { describe, expect, test } from 'vitest';
import type { LineHits } from '#profile/index.ts';
import { linesOfText, printableLine, toFunctionLines, toSourceLines } from './source-lines.ts';

const hits = (byLine: Record<number, number>): LineHits => ({
  line: Uint32Array.from(Object.keys(byLine), Number),
  self: Float64Array.from(Object.values(byLine)),
  all: 100,
  counted: { type: 'samples', unit: 'count' },
  isOfWholeRecording: true,
});
const same = (line: number) => line;

describe('what lines took', () => {
  test('stands beside the lines of the text, the function’s own apart', () => {
    const lines = toSourceLines({ file: hits({ 1: 2, 3: 9 }), own: hits({ 1: 2 }) }, 3, same);
    expect(lines).toMatchObject({ hottest: 1, most: 9, unplaced: 0 });
    expect(Array.from(lines?.self ?? [])).toEqual([2, 0, 9]);
    expect(Array.from(lines?.own ?? [])).toEqual([2, 0, 0]);
  });

  test('has its hottest line in the function, and elsewhere only where the function took nothing', () => {
    const hottest = (own: Record<number, number>) =>
      toSourceLines({ file: hits({ 1: 2, 3: 9 }), own: hits(own) }, 3, same)?.hottest;
    expect(hottest({ 1: 2 })).toBe(1);
    expect(hottest({})).toBe(3);
    expect(toSourceLines({ file: hits({}), own: hits({}) }, 3, same)?.hottest).toBeUndefined();
  });

  test('is summed up where several lines of what ran come from one, and said of where they come from none', () => {
    const original = new Map([
      [10, 2],
      [11, 2],
      [12, 1],
    ]);
    const lines = toSourceLines(
      { file: hits({ 10: 3, 11: 4, 12: 1, 13: 8 }), own: hits({ 10: 3 }) },
      2,
      (line) => original.get(line),
    );
    expect(Array.from(lines?.self ?? [])).toEqual([1, 7]);
    expect(lines?.unplaced).toBe(8);
  });

  test('beyond the end of a text that was changed belongs to no line', () => {
    expect(toSourceLines({ file: hits({ 9: 5 }), own: hits({}) }, 3, same)?.unplaced).toBe(5);
  });

  test('is not made up for a profile that knows no lines', () => {
    expect(toSourceLines({ file: undefined, own: undefined }, 3, same)).toBeUndefined();
  });
});

describe('what functions took where no line is known', () => {
  const begun = (own: { line: number; self: number }) =>
    toFunctionLines(
      {
        line: Uint32Array.of(2, 2, 4, 0, 9),
        self: Float64Array.of(3, 4, 1, 5, 6),
        own,
        all: 40,
        counted: { type: 'cpu', unit: 'microseconds' },
      },
      5,
    );

  test('stands where they begin, and is said of where that is not known', () => {
    const lines = begun({ line: 4, self: 1 });
    expect(Array.from(lines.self)).toEqual([0, 7, 0, 1, 0]);
    expect(lines).toMatchObject({ by: 'functions', hottest: 4, most: 7, unplaced: 11 });
  });

  test('brings another function into view where the one looked at took nothing itself', () => {
    expect(begun({ line: 4, self: 0 }).hottest).toBe(2);
  });
});

describe('a text', () => {
  test('has the lines that JavaScript counts', () => {
    expect(linesOfText('a\nb\r\nc\rd\u2028e\n')).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(linesOfText('a\n\n')).toEqual(['a', '']);
    expect(linesOfText('')).toEqual(['']);
  });

  test('hides and reorders nothing when it is shown, and no line is endless', () => {
    expect(printableLine('if (admin\u202e) {\t// \u200bx')).toBe('if (admin\ufffd) {  // \ufffdx');
    expect(printableLine('x'.repeat(5000))).toBe(`${'x'.repeat(1000)}…`);
  });
});
