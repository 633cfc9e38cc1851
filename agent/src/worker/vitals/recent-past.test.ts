import { describe, expect, it } from 'vitest';
import { RecentPast } from './recent-past.ts';
import type { VitalsReading } from './vitals-clock.ts';

function pastOf() {
  const clock = { nowMs: 0 };
  const past = new RecentPast(() => clock.nowMs);
  /** One second, with a pause and so much memory, 500 bytes of it not the service's own. */
  const pass = (pauseMs: number, rssBytes = 1_500) => {
    clock.nowMs += 1_000;
    past.take({
      responsiveness: { state: 'responsive', roundTripMs: 1 },
      mainThread: { eventLoopDelayMaxMs: pauseMs, heapTotalBytes: rssBytes - 600, externalBytes: 100 },
      process: { rssBytes },
    } as unknown as VitalsReading);
  };
  return { clock, past, pass };
}

describe('the recent past', () => {
  it('is not known before there is some', () => {
    const { past, pass } = pastOf();
    pass(10);
    pass(10);
    expect([past.worstPauseMs, past.mostRssBytes, past.mostOwnBytes]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    pass(300, 1_700);
    expect([past.worstPauseMs, past.mostRssBytes, past.mostOwnBytes]).toEqual([300, 1_700, 1_200]);
  });

  it('is a minute long', () => {
    const { past, pass } = pastOf();
    pass(300);
    for (let second = 0; second < 60; second += 1) pass(10);
    expect(past.worstPauseMs).toBe(300);
    pass(10);
    expect(past.worstPauseMs).toBe(10);
  });

  it('does not take what a capture does for the service’s own doing', () => {
    const { past, pass } = pastOf();
    for (let second = 0; second < 5; second += 1) pass(10);
    const capture = past.disturb();
    pass(900, 9_000);
    capture[Symbol.dispose]();
    pass(800);
    expect([past.worstPauseMs, past.mostRssBytes]).toEqual([10, 1_500]);
    pass(20);
    expect(past.worstPauseMs).toBe(20);
  });
});
