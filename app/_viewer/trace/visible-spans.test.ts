import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Lane } from '#profile/index.ts';
import { traceFromText } from './trace-from-text.ts';
import { createSpanBoxes, findVisibleSpans } from './visible-spans.ts';

const spansOf = (text: string) => (traceFromText(`main: ${text}`).lanes[0] as Lane).spans;

function boxesOf(text: string, from: number, to: number, width: number) {
  const spans = spansOf(text);
  const boxes = createSpanBoxes(1);
  findVisibleSpans(spans, 0, from, to, width, boxes);
  return Array.from({ length: boxes.length }, (_, at) => ({
    left: boxes.left[at] as number,
    right: boxes.right[at] as number,
    row: boxes.row[at] as number,
    first: boxes.first[at] as number,
    count: boxes.count[at] as number,
  }));
}

describe('the boxes of a line', () => {
  it('are snapped to pixels and stand where their spans are', () => {
    const boxes = boxesOf('a 0-10, b 20-40', 0, 40, 40);
    expect(boxes.map(({ left, right }) => [left, right])).toEqual([
      [0, 10],
      [20, 40],
    ]);
  });

  it('are at least a pixel wide, for moments too', () => {
    expect(boxesOf('a 10-10.001, b 30', 0, 40, 40).map(({ left, right }) => right - left)).toEqual([1, 1]);
  });

  it('stand for all of the short ones that are next to each other', () => {
    const text = Array.from({ length: 100 }, (_, at) => `s${at} ${at * 0.1}-${at * 0.1 + 0.05}`).join(', ');
    const boxes = boxesOf(`${text}, long 20-40`, 0, 40, 40);
    expect(boxes.at(-1)).toMatchObject({ left: 20, right: 40, count: 1 });
    const merged = boxes.slice(0, -1);
    expect(merged.map(({ count }) => count).reduce((sum, count) => sum + count)).toBe(100);
    expect([merged[0]?.left, merged.at(-1)?.right]).toEqual([0, 10]);
    // Short enough that one sees where there are many.
    expect(Math.max(...merged.map(({ left, right }) => right - left))).toBeLessThanOrEqual(5);
  });

  it('lose no span, overlap nowhere, and count each once', () => {
    const lengths = fc.array(fc.tuple(fc.nat(40), fc.nat(60)), { minLength: 1, maxLength: 60 });
    const view = fc.tuple(fc.nat(800), fc.integer({ min: 1, max: 1_000 }), fc.integer({ min: 5, max: 80 }));
    fc.assert(
      fc.property(lengths, view, (list, [from, length, width]) => {
        let at = 0;
        const times = list.map(([pause, took]) => {
          const start = at + pause / 10;
          at = start + took / 10;
          return [start, at] as const;
        });
        const text = times.map(([start, end], index) => `s${index} ${start.toFixed(3)}-${end.toFixed(3)}`);
        const spans = spansOf(text.join(', '));
        const [begin, end] = [from / 10, (from + length) / 10];
        const boxes = boxesOf(text.join(', '), begin, end, width);
        for (let box = 1; box < boxes.length; box++) {
          expect(boxes[box]?.left).toBeGreaterThanOrEqual(boxes[box - 1]?.right ?? 0);
          expect(boxes[box]?.first).toBe((boxes[box - 1]?.first ?? 0) + (boxes[box - 1]?.count ?? 0));
        }
        for (let row = 0; row < spans.length && (spans.lineStart[1] as number) === spans.length; row++) {
          const isSeen = (spans.startMicros[row] as number) < end && (spans.endMicros[row] as number) > begin;
          const isDrawn = boxes.some(({ first, count }) => row >= first && row < first + count);
          // Where pixels are taken by the ones before, a last one that begins in the last pixel has no room.
          const isLastPixel =
            ((spans.startMicros[row] as number) - begin) * (width / (end - begin)) > width - 1;
          if (isSeen && !isLastPixel) expect(isDrawn).toBe(true);
        }
      }),
    );
  });
});
