import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { WaitRow } from '../../../in-thread/trace/loop-waits.ts';
import { toBlockedSpans } from './blocked-spans.ts';
import { type Phase, toLoopSpans } from './loop-spans.ts';

const ms = 1_000;
const between = (began: number, ended: number): Phase => ({
  beganMicros: began * ms,
  endedMicros: ended * ms,
});
/** In milliseconds. */
const turn = (began: number, ended: number, waited: number, cameFromOutside: 0 | 1, small = 0): WaitRow => [
  began * ms,
  ended * ms,
  waited * ms,
  small * ms,
  cameFromOutside,
];
const drawn = (window: Phase, rows: WaitRow[], sleeps: Phase[]) =>
  toBlockedSpans(window, rows, sleeps).map(
    ({ beganMicros, endedMicros }) => `${beganMicros / ms}–${endedMicros / ms}`,
  );

describe('when a thread was blocked', () => {
  it('is not when its loop waited', () => {
    expect(drawn(between(0, 100), [turn(0, 100, 90, 1)], [between(10, 80)])).toEqual([]);
  });

  it('is when it slept in a turn that has not waited', () => {
    expect(drawn(between(0, 500), [turn(400, 450, 50, 0)], [between(20, 320), between(410, 440)])).toEqual([
      '20–320',
    ]);
  });

  it('is what it slept longer in a turn than the loop waited', () => {
    expect(drawn(between(0, 500), [turn(0, 500, 200, 1)], [between(10, 190), between(210, 490)])).toEqual([
      '210–470',
    ]);
    expect(drawn(between(0, 500), [turn(0, 500, 200, 0)], [between(10, 290), between(310, 490)])).toEqual([
      '10–270',
    ]);
  });

  it('is nothing where a wait stands elsewhere in its turn than it was', () => {
    // Timers ran, the loop waited, and then something came: the wait is drawn first.
    expect(drawn(between(0, 100), [turn(0, 100, 60, 1)], [between(30, 90)])).toEqual([]);
  });

  it('is not what the loop waited in pieces too short to be told apart', () => {
    expect(drawn(between(0, 100), [turn(90, 100, 10, 0, 30)], [between(20, 52)])).toEqual([]);
  });

  it('lies in what is told to be executing, never more than was slept', () => {
    const turns = fc.array(
      fc.tuple(fc.nat(40), fc.nat(60), fc.nat(60), fc.constantFrom(0 as const, 1 as const)),
    );
    const sleeps = fc.array(fc.tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 10, max: 80 })));
    fc.assert(
      fc.property(turns, sleeps, (turnList, sleepList) => {
        let at = 0;
        const rows = turnList.map(([pause, took, waited, came]) => {
          const began = at + pause;
          at = began + took;
          return turn(began, at, Math.min(waited, took), came);
        });
        let end = 0;
        const slept = sleepList.map(([pause, took]) => {
          const began = end + pause;
          end = began + took;
          return between(began, end);
        });
        const window = between(0, Math.max(at, end) + 1);
        const waits = toLoopSpans(window, rows).filter(({ state }) => state === 'waiting');
        const blocked = toBlockedSpans(window, rows, slept);
        for (const [index, { beganMicros, endedMicros }] of blocked.entries()) {
          expect(endedMicros).toBeGreaterThan(beganMicros);
          expect(beganMicros).toBeGreaterThanOrEqual(blocked[index - 1]?.endedMicros ?? 0);
          expect(
            slept.some((sleep) => sleep.beganMicros <= beganMicros && sleep.endedMicros >= endedMicros),
          ).toBe(true);
          expect(waits.some((wait) => wait.beganMicros < endedMicros && wait.endedMicros > beganMicros)).toBe(
            false,
          );
        }
      }),
    );
  });
});
