import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { renew, switchAllOff, switchOff, switchOn } from './switchboard.ts';

beforeEach(() => void vi.useFakeTimers());

afterEach(async () => {
  switchAllOff();
  await vi.runAllTimersAsync();
  vi.useRealTimers();
});

function recorder() {
  const seen = { off: 0 };
  return {
    seen,
    off: () => {
      seen.off += 1;
    },
  };
}

describe('what a tool switches on in a thread', () => {
  it('is switched off once, however often that is asked', () => {
    const { seen, off } = recorder();
    switchOn('wait', off);
    expect([switchOff('wait'), switchOff('wait')]).toEqual([true, false]);
    switchAllOff();
    expect(seen.off).toBe(1);
  });

  it('is switched off before it is switched on anew', () => {
    const [first, second] = [recorder(), recorder()];
    switchOn('wait', first.off);
    switchOn('wait', second.off);
    expect([first.seen.off, second.seen.off]).toEqual([1, 0]);
  });

  it('is switched off by itself when nobody renews it, and stays on while somebody does', async () => {
    const [kept, forgotten] = [recorder(), recorder()];
    switchOn('wait', kept.off);
    switchOn('lock', forgotten.off);
    for (let second = 0; second < 50; second += 1) {
      await vi.advanceTimersByTimeAsync(1_000);
      expect(renew('wait')).toBe(true);
    }
    expect([kept.seen.off, forgotten.seen.off]).toEqual([0, 1]);
    expect(renew('lock')).toBe(false);
    await vi.advanceTimersByTimeAsync(50_000);
    expect(kept.seen.off).toBe(1);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is switched off with all others, also when one of them fails at it', () => {
    const { seen, off } = recorder();
    switchOn('wait', () => {
      throw new Error('cannot be switched off');
    });
    switchOn('lock', off);
    switchAllOff();
    expect(seen.off).toBe(1);
  });
});
