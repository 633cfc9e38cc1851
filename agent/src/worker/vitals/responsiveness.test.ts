import { describe, expect, it } from 'vitest';
import { ResponsivenessWatch } from './responsiveness.ts';

function watchOf(isInterruptible: boolean) {
  const clock = { nowMs: 0, looks: 0 };
  const watch = new ResponsivenessWatch(
    async () => {
      clock.looks += 1;
      return isInterruptible;
    },
    () => clock.nowMs,
  );
  return { clock, watch };
}

describe('a main thread that does not answer', () => {
  it('is called responsive for a second, without a round trip', async () => {
    const { clock, watch } = watchOf(true);
    clock.nowMs = 200;
    expect(await watch.silent(0)).toEqual({ state: 'responsive', roundTripMs: undefined });
    expect(clock.looks).toBe(0);
  });

  it.each([
    [true, 'stuck-in-js'],
    [false, 'stuck-in-native-call'],
  ])('and can be interrupted (%s) is %s', async (isInterruptible, state) => {
    const { clock, watch } = watchOf(isInterruptible);
    clock.nowMs = 1_200;
    expect(await watch.silent(0)).toEqual({ state, forMs: 1_200 });
  });

  it('is looked at seldom, however long it lasts', async () => {
    const { clock, watch } = watchOf(true);
    for (clock.nowMs = 200; clock.nowMs < 3_600_000; clock.nowMs += 1_000) await watch.silent(0);
    expect(clock.looks).toBeLessThan(130);
    expect(clock.looks).toBeGreaterThan(100);
  });

  it('is looked at anew after it has answered', async () => {
    const { clock, watch } = watchOf(true);
    clock.nowMs = 1_200;
    await watch.silent(0);
    expect(watch.answered(3)).toEqual({ state: 'responsive', roundTripMs: 3 });
    clock.nowMs = 3_200;
    await watch.silent(2_000);
    expect(clock.looks).toBe(2);
  });
});
