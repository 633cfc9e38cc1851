import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type MaterialisedFrame, materialise } from '../text/materialised-frames.ts';
import { arbitraryProfile, timedProfile } from '../text/timed-profile.ts';
import { toTimeChart } from './time-chart.ts';
import {
  createColumns,
  createLineBoxes,
  fillColumns,
  findLineBoxes,
  NO_FRAME,
  sampleInPixel,
} from './time-columns.ts';

const windows = fc.record({
  from: fc.double({ min: 0, max: 0.99, noNaN: true }),
  share: fc.double({ min: 0.001, max: 1, noNaN: true }),
  width: fc.integer({ min: 1, max: 40 }),
  firstDepth: fc.integer({ min: 0, max: 3 }),
  lines: fc.integer({ min: 1, max: 8 }),
});
const columns = createColumns();
const boxes = createLineBoxes();

/** The columns are used again from one case to the next, as they are from frame to frame. */
const seen = fc
  .tuple(arbitraryProfile, windows)
  .map(([profile, { from, share, width, firstDepth, lines }]) => {
    const chart = toTimeChart(profile);
    const { total } = chart.times;
    const fromMicros = from * total;
    const window = {
      fromMicros,
      toMicros: fromMicros + share * (total - fromMicros),
      width,
      firstDepth,
      lines,
    };
    return { chart, window, frames: materialise(profile), perPixel: (window.toMicros - fromMicros) / width };
  });

describe('the pixels of a chart', () => {
  test('belong to the frame that was there in their middle', () => {
    fc.assert(
      fc.property(seen, ({ chart, window, frames, perPixel }) => {
        fc.pre(perPixel > 0);
        fillColumns(chart, window, columns);
        for (let column = 0; column < window.width; column++) {
          const middle = window.fromMicros + (column + 0.5) * perPixel;
          for (let line = 0; line < window.lines; line++) {
            const depth = window.firstDepth + line;
            const there = frames.find(
              (frame) => frame.depth === depth && frame.startMicros <= middle && middle < frame.endMicros,
            );
            if (there === undefined) continue;
            expect(chart.stacks.func[columns.row[column * window.lines + line] ?? 0]).toBe(there.func);
            expect(sampleInPixel(columns, column, depth)).toBe(columns.sample[column]);
          }
        }
      }),
    );
  });

  test('lose no frame: something is drawn in its line, at most a pixel away', () => {
    fc.assert(
      fc.property(seen, ({ chart, window, frames, perPixel }) => {
        fc.pre(perPixel > 0);
        fillColumns(chart, window, columns);
        const isDrawn = (column: number, depth: number) =>
          columns.row[column * window.lines + depth - window.firstDepth] !== NO_FRAME;
        for (const frame of frames) {
          const { depth, startMicros, endMicros } = frame;
          if (depth < window.firstDepth || depth >= window.firstDepth + window.lines) continue;
          if (startMicros >= window.toMicros || endMicros <= window.fromMicros) continue;
          const left = Math.floor((startMicros - window.fromMicros) / perPixel) - 1;
          const right = Math.floor((endMicros - window.fromMicros) / perPixel) + 1;
          const near = Array.from({ length: right - left + 1 }, (_, at) => left + at);
          expect(near.some((column) => column >= 0 && column < window.width && isDrawn(column, depth))).toBe(
            true,
          );
        }
      }),
      { numRuns: 200 },
    );
  });

  test('show nothing that was not there', () => {
    fc.assert(
      fc.property(seen, ({ chart, window, frames, perPixel }) => {
        fc.pre(perPixel > 0);
        fillColumns(chart, window, columns);
        const isNear = (frame: MaterialisedFrame, column: number) =>
          frame.startMicros <= window.fromMicros + (column + 1) * perPixel * (1 + 1e-9) &&
          frame.endMicros >= window.fromMicros + column * perPixel * (1 - 1e-9) - 1e-9;
        for (let column = 0; column < window.width; column++) {
          for (let line = 0; line < window.lines; line++) {
            const depth = window.firstDepth + line;
            const row = columns.row[column * window.lines + line] ?? NO_FRAME;
            const sample = sampleInPixel(columns, column, depth);
            expect(sample === undefined).toBe(row === NO_FRAME);
            if (row === NO_FRAME) continue;
            const func = chart.stacks.func[row];
            expect(
              frames.some((frame) => frame.depth === depth && frame.func === func && isNear(frame, column)),
            ).toBe(true);
          }
        }
      }),
    );
  });
});

describe('the boxes of a line', () => {
  const chart = toTimeChart(
    timedProfile(
      [['a'], ['a', 'b'], ['a', 'b', 'c'], ['a'], ['a', 'b'], ['d']],
      [1000, 1000, 1000, 1000, 10, 990],
    ),
  );
  const drawn = (width: number, fromMicros = 0, toMicros = 5000) => {
    fillColumns(chart, { fromMicros, toMicros, width, firstDepth: 1, lines: 3 }, columns);
    return [0, 1, 2].map((line) => {
      findLineBoxes(columns, line, boxes);
      return Array.from({ length: boxes.length }, (_, at) => `${boxes.left[at]}–${boxes.right[at]}`).join(
        ' ',
      );
    });
  };

  test('are one for each frame, with edges on pixels', () => {
    expect(drawn(500)).toEqual(['0–401 401–500', '100–300 400–401', '200–300']);
  });

  test('keep one pixel for a frame that has the middle of none', () => {
    expect(drawn(50)).toEqual(['0–40 40–50', '10–30 40–41', '20–30']);
    expect(drawn(5)).toEqual(['0–4 4–5', '1–3 4–5', '2–3']);
  });

  test('are cut where the window ends', () => {
    expect(drawn(10, 2000, 3000)).toEqual(['0–10', '0–10', '0–10']);
    expect(drawn(10, 3000, 3500)).toEqual(['0–10', '', '']);
  });
});
