import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { seededRandom } from '../random.ts';
import { SteadySchedule } from './steady-schedule.ts';

function recordTimes(perMinute: number, seed: number) {
  const times: number[] = [];
  const schedule = new SteadySchedule({
    perMinute,
    random: seededRandom(seed),
    act: () => times.push(performance.now()),
  });
  return { times, schedule };
}

describe('SteadySchedule', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  test.each([60, 3, 300])(
    'acts %i times a minute over an hour, with at most one more or less',
    (perMinute) => {
      const { times, schedule } = recordTimes(perMinute, 1);
      vi.advanceTimersByTime(60 * 60_000);
      schedule.stop();
      expect(Math.abs(times.length - 60 * perMinute)).toBeLessThanOrEqual(1);
    },
  );

  test('varies the moments, alike for the same seed and otherwise for another', () => {
    const [first, second, other] = [recordTimes(60, 7), recordTimes(60, 7), recordTimes(60, 8)];
    vi.advanceTimersByTime(60_000);
    expect(first.times).toEqual(second.times);
    expect(first.times).not.toEqual(other.times);
    const gaps = first.times.slice(1).map((time, index) => time - (first.times[index] ?? 0));
    expect(Math.max(...gaps)).toBeGreaterThan(Math.min(...gaps) + 100);
    for (const { schedule } of [first, second, other]) schedule.stop();
  });

  test('a rate of 0 rests until there is another', () => {
    const { times, schedule } = recordTimes(60, 1);
    schedule.setRate(0);
    vi.advanceTimersByTime(60_000);
    expect(times).toEqual([]);
    schedule.setRate(120);
    vi.advanceTimersByTime(60_000);
    expect(times.length).toBeGreaterThan(117);
    schedule.stop();
  });
});
