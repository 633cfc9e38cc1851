import { describe, expect, it } from 'vitest';
import { LANE_STATE, type Lane } from '#profile/index.ts';
import { WHOLE } from '../flame/view-range.ts';
import { tickStep, timeTicks } from './time-ticks.ts';
import { afterKey, type Look } from './timeline-keys.ts';

const laneOf = (...ends: number[]): Lane => ({
  tid: 1,
  name: 'thread',
  length: ends.length,
  startMicros: Float64Array.from(ends, (_, row) => ends[row - 1] ?? 0),
  endMicros: Float64Array.from(ends),
  state: Uint8Array.from(ends, (_, row) => (row % 2 === 0 ? LANE_STATE.executing : LANE_STATE.waiting)),
  totals: { executingMicros: 0, waitingMicros: 0, gcMicros: 0 },
});

const lanes = [laneOf(10, 20, 100), laneOf(50, 100)];
const press = (look: Look, ...keys: string[]) =>
  keys.reduce((now, key) => afterKey(key, now, lanes, 0, 100) ?? now, look);
const start: Look = { range: WHOLE, place: undefined };

describe('the keys of the timeline', () => {
  it('walk from phase to phase, and to the other thread at the same time', () => {
    expect(press(start, 'ArrowRight').place).toEqual({ lane: 0, row: 0 });
    expect(press(start, 'ArrowRight', 'ArrowRight', 'ArrowRight').place).toEqual({ lane: 0, row: 2 });
    expect(press(start, 'ArrowRight', 'ArrowRight', 'ArrowDown').place).toEqual({ lane: 1, row: 0 });
    expect(press(start, 'ArrowRight', 'ArrowLeft', 'ArrowUp').place).toEqual({ lane: 0, row: 0 });
  });

  it('bring what is walked to into sight', () => {
    const zoomed: Look = { range: { from: 0, to: 0.15 }, place: { lane: 0, row: 1 } };
    const { range } = press(zoomed, 'ArrowRight');
    expect(range.from).toBeLessThanOrEqual(0.2);
    expect(range.to).toBeGreaterThan(0.2);
    expect(range.to - range.from).toBeCloseTo(0.15);
  });

  it('zoom around the middle, move, and show all again', () => {
    expect(press(start, '+').range).toEqual({ from: 0.25, to: 0.75 });
    expect(press(start, '+', '-').range).toEqual(WHOLE);
    expect(press(start, '+', 'PageDown').range).toEqual({ from: 0.5, to: 1 });
    expect(press(start, '+', '+', 'PageUp', '0').range).toEqual(WHOLE);
  });

  it('that mean nothing here are left to the page', () => {
    expect(afterKey('Tab', start, lanes, 0, 100)).toBeUndefined();
  });
});

describe('the marks of the axis', () => {
  it('stand at round times, and not too close', () => {
    expect(tickStep(0, 1_000, 5)).toBe(200);
    expect(tickStep(123, 456, 4)).toBe(100);
    expect(tickStep(5, 5, 4)).toBeUndefined();
    expect(timeTicks(123, 456, 100)).toEqual([200, 300, 400]);
  });
});
