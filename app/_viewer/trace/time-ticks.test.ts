import { describe, expect, it } from 'vitest';
import { tickStep, timeTicks } from './time-ticks.ts';

describe('the marks of the axis', () => {
  it('stand at round times, and not too close', () => {
    expect(tickStep(0, 1_000, 5)).toBe(200);
    expect(tickStep(123, 456, 4)).toBe(100);
    expect(tickStep(5, 5, 4)).toBeUndefined();
    expect(timeTicks(123, 456, 100)).toEqual([200, 300, 400]);
  });
});
