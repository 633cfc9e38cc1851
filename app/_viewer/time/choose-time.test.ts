import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { afterEdgeKey, movedBy, timeBetween, toChoice, withEdge } from './choose-time.ts';

const TOTAL = 1_000_000;
const chosen = { fromMicros: 200_000, toMicros: 500_000 };

describe('the edges of the chosen time', () => {
  test('move with the arrow keys, more with the page keys, less with Shift, and to the ends', () => {
    const pressed = (key: string, edge: 'from' | 'to', isFine = false) =>
      afterEdgeKey(key, isFine, edge, chosen, TOTAL);
    expect(pressed('ArrowLeft', 'from')).toEqual({ ...chosen, fromMicros: 190_000 });
    expect(pressed('ArrowUp', 'to')).toEqual({ ...chosen, toMicros: 510_000 });
    expect(pressed('ArrowRight', 'from', true)).toEqual({ ...chosen, fromMicros: 201_000 });
    expect(pressed('PageUp', 'to')).toEqual({ ...chosen, toMicros: 600_000 });
    expect(pressed('Home', 'from')).toEqual({ ...chosen, fromMicros: 0 });
    expect(pressed('End', 'to')).toEqual({ ...chosen, toMicros: TOTAL });
    expect(pressed('a', 'to')).toBeUndefined();
  });

  test('never pass each other and never leave the recording', () => {
    const anyMicros = fc.double({ min: -2 * TOTAL, max: 2 * TOTAL, noNaN: true });
    fc.assert(
      fc.property(fc.constantFrom('from', 'to'), anyMicros, (edge, micros) => {
        const { fromMicros, toMicros } = withEdge(chosen, edge, micros, TOTAL);
        expect(fromMicros).toBeGreaterThanOrEqual(0);
        expect(toMicros).toBeLessThanOrEqual(TOTAL);
        expect(fromMicros).toBeLessThan(toMicros);
      }),
    );
  });
});

describe('choosing a time', () => {
  test('goes from where the pointer went down to where it is, either way', () => {
    expect(timeBetween(500, 200, TOTAL)).toEqual({ fromMicros: 200, toMicros: 500 });
    expect(timeBetween(-5, TOTAL + 5, TOTAL)).toEqual({ fromMicros: 0, toMicros: TOTAL });
  });

  test('moves what is chosen as a whole, as far as there is room', () => {
    expect(movedBy(chosen, 100_000, TOTAL)).toEqual({ fromMicros: 300_000, toMicros: 600_000 });
    expect(movedBy(chosen, TOTAL, TOTAL)).toEqual({ fromMicros: 700_000, toMicros: TOTAL });
    expect(movedBy(chosen, -TOTAL, TOTAL)).toEqual({ fromMicros: 0, toMicros: 300_000 });
  });

  test('is no choice when it is everything or nothing', () => {
    expect(toChoice({ fromMicros: 0, toMicros: TOTAL }, TOTAL)).toBeUndefined();
    expect(toChoice({ fromMicros: 5, toMicros: 5 }, TOTAL)).toBeUndefined();
    expect(toChoice(chosen, TOTAL)).toBe(chosen);
  });
});
