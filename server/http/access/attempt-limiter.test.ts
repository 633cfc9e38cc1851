import { describe, expect, it } from 'vitest';
import { TestClock } from '../../testing/test-clock.ts';
import { AttemptLimiter } from './attempt-limiter.ts';

function failing(limiter: AttemptLimiter, address: string, times: number) {
  for (let i = 0; i < times; i++) limiter.recordFailure(address);
}

describe('the limit of attempts', () => {
  it('lets ten wrong tokens a minute from one address pass, and no eleventh', () => {
    const limiter = new AttemptLimiter(new TestClock());
    failing(limiter, 'a', 9);
    expect(limiter.waitSeconds('a')).toBe(0);
    failing(limiter, 'a', 1);
    expect(limiter.waitSeconds('a')).toBe(60);
    expect(limiter.waitSeconds('b')).toBe(0);
  });

  it('ends after a minute', () => {
    const clock = new TestClock();
    const limiter = new AttemptLimiter(clock);
    failing(limiter, 'a', 10);
    clock.advance(59_500);
    expect(limiter.waitSeconds('a')).toBe(1);
    clock.advance(500);
    expect(limiter.waitSeconds('a')).toBe(0);
    failing(limiter, 'a', 1);
    expect(limiter.waitSeconds('a')).toBe(0);
  });

  it('holds for all addresses together too', () => {
    const limiter = new AttemptLimiter(new TestClock());
    for (let i = 0; i < 100; i++) failing(limiter, `address-${i}`, 1);
    expect(limiter.waitSeconds('a new one')).toBeGreaterThan(0);
  });
});
