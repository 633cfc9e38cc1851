import { describe, expect, test } from 'vitest';
import { RateMeter } from './rate-meter.ts';

describe('RateMeter', () => {
  test('counts the last 60 seconds and keeps the total', () => {
    let now = 1_000_000_000;
    const meter = new RateMeter(() => now);
    for (let second = 0; second < 90; second++) {
      meter.add();
      now += 1000;
    }
    expect(meter.perMinute).toBe(59);
    expect(meter.total).toBe(90);
    now += 60_000;
    expect(meter.perMinute).toBe(0);
  });
});
