import { describe, expect, test } from 'vitest';
import { blended, fillLine, repeatLine } from './pixel-lines.ts';

const boxesOf = (...edges: [left: number, right: number][]) => ({
  length: edges.length,
  left: Int32Array.from(edges, ([left]) => left),
  right: Int32Array.from(edges, ([, right]) => right),
  row: Uint32Array.from(edges, (_, at) => at + 1),
});
const drawn = (width: number, ...edges: [left: number, right: number][]) => {
  const line = new Uint32Array(width);
  fillLine(boxesOf(...edges), { colourOf: (row) => row, nothing: 0, separatedFrom: 3 }, line);
  return [...line].join('');
};

describe('a line of pixels', () => {
  test('sets wide boxes off from their neighbours, and narrow ones not', () => {
    expect(drawn(10, [0, 4], [4, 8])).toBe('1110222000');
    expect(drawn(10, [0, 2], [2, 4], [4, 5])).toBe('1122300000');
  });

  test('stays empty where there is no box', () => {
    expect(drawn(6)).toBe('000000');
    expect(drawn(8, [1, 3], [5, 7])).toBe('01100220');
  });

  test('is repeated as high as the line is, as far as the picture reaches', () => {
    const line = Uint32Array.of(7, 8);
    const pixels = new Uint32Array(2 * 4);
    repeatLine(line, pixels, 4, -2, 1);
    repeatLine(line, pixels, 4, 3, 9);
    expect([...pixels]).toEqual([7, 8, 0, 0, 0, 0, 7, 8]);
  });
});

test('a faded colour lies between its own and that of what is below', () => {
  expect(blended(0xff0000ff, 0xff000000, 0.5).toString(16)).toBe('ff000080');
  expect(blended(0xffffffff, 0xff102030, 0).toString(16)).toBe('ff102030');
  expect(blended(0xff102030, 0xffffffff, 1).toString(16)).toBe('ff102030');
});
