import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { WHOLE } from '../flame/view-range.ts';
import { seenTime, timeOf, timeShowing, toTimeRange, toViewRange } from './seen-time.ts';

const TOTAL = 1_000_000;
const call = (startMicros: number, endMicros: number) => ({
  sample: 0,
  depth: 1,
  func: 1,
  startMicros,
  endMicros,
});

describe('the time in sight', () => {
  test('is what the gestures say, as exact as the address', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        fc.double({ min: 1e-9, max: 1, noNaN: true }),
        fc.integer({ min: 1000, max: 1e11 }),
        (from, width, total) => {
          const to = Math.min(1, from + width);
          const { fromMicros, toMicros } = seenTime(toTimeRange({ from, to }, total), total);
          expect(Math.abs(fromMicros - from * total)).toBeLessThan(0.002);
          expect(Math.abs(toMicros - to * total)).toBeLessThan(0.002);
        },
      ),
    );
  });

  test('is everything where the address names what the recording does not have', () => {
    expect(toViewRange({ fromMicros: 2 * TOTAL, toMicros: 3 * TOTAL }, TOTAL)).toEqual(WHOLE);
    expect(seenTime(undefined, TOTAL)).toEqual({ fromMicros: 0, toMicros: TOTAL });
    expect(toTimeRange(WHOLE, TOTAL)).toBeUndefined();
  });

  test('does not jump to everything when one zooms in further than can be told apart', () => {
    const seen = toTimeRange({ from: 0.5, to: 0.5 + 1e-12 }, TOTAL);
    expect(seen?.fromMicros).toBe(TOTAL / 2);
    expect(seen?.toMicros).toBeGreaterThan(TOTAL / 2);
  });
});

describe('bringing a call into sight', () => {
  test('changes nothing when it can be seen', () => {
    const seen = { fromMicros: 100_000, toMicros: 300_000 };
    expect(timeShowing(call(150_000, 160_000), seen, TOTAL)).toEqual(seen);
    expect(timeShowing(call(0, TOTAL), seen, TOTAL)).toEqual(seen);
  });

  test('moves to it in the same scale when it lies elsewhere', () => {
    const seen = { fromMicros: 100_000, toMicros: 300_000 };
    expect(timeShowing(call(600_000, 620_000), seen, TOTAL)).toEqual({
      fromMicros: 510_000,
      toMicros: 710_000,
    });
    expect(timeShowing(call(990_000, TOTAL), seen, TOTAL)).toEqual({ fromMicros: 800_000, toMicros: TOTAL });
  });

  test('goes nearer when it is too narrow to be seen', () => {
    const shown = timeShowing(call(500_000, 500_100), { fromMicros: 0, toMicros: TOTAL }, TOTAL);
    expect(shown).toEqual({ fromMicros: 499_550, toMicros: 500_550 });
  });

  test('zooms to exactly the call, and to something when it took no time', () => {
    expect(timeOf(call(1000, 2000), TOTAL)).toEqual({ fromMicros: 1000, toMicros: 2000 });
    expect(timeOf(call(0, TOTAL), TOTAL)).toBeUndefined();
    const instant = timeOf(call(5000, 5000), TOTAL);
    expect(instant?.fromMicros).toBeLessThanOrEqual(5000);
    expect(instant?.toMicros).toBeGreaterThan(5000);
  });
});
