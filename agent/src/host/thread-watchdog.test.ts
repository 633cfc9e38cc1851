import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ThreadWatchdog } from './thread-watchdog.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function watchdog() {
  const seen = { asked: 0, reasons: [] as string[] };
  const dog = new ThreadWatchdog(
    () => {
      seen.asked += 1;
    },
    (reason) => seen.reasons.push(reason),
  );
  return { dog, seen };
}

describe('the watchdog of the agent’s thread', () => {
  it('leaves one alone that answers', () => {
    const { dog, seen } = watchdog();
    for (let minute = 0; minute < 60; minute += 1) {
      vi.advanceTimersByTime(45_000);
      dog.heard();
    }
    expect(seen.reasons).toEqual([]);
    dog[Symbol.dispose]();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('says once that one does not answer any more', () => {
    const { seen } = watchdog();
    vi.advanceTimersByTime(600_000);
    expect(seen).toEqual({ asked: 4, reasons: ['it did not answer for 60 s'] });
  });
});
