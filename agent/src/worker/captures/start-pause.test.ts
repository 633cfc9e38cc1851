import { describe, expect, it } from 'vitest';
import { StartPauseForecast } from './start-pause.ts';

describe('the forecast of the pause at the start', () => {
  it('grows with the functions that are compiled', () => {
    const forecast = new StartPauseForecast();
    forecast.see(1_000_000);
    const few = forecast.ms;
    forecast.see(45_000_000);
    expect(few).toBeLessThan(50);
    expect(forecast.ms).toBeGreaterThan(500);
  });

  it('comes to what is measured on this machine', () => {
    const forecast = new StartPauseForecast();
    forecast.see(5_000_000);
    const before = forecast.ms;
    for (let starts = 0; starts < 6; starts += 1) forecast.learn(before * 2);
    expect(forecast.ms / before).toBeCloseTo(2, 1);
  });

  it('is not led astray by a stall that a start has met', () => {
    const forecast = new StartPauseForecast();
    const before = forecast.ms;
    forecast.learn(30_000);
    expect(forecast.ms).toBeLessThanOrEqual(before * 2);
    for (let starts = 0; starts < 4; starts += 1) forecast.learn(before);
    expect(forecast.ms / before).toBeLessThan(1.1);
  });
});
