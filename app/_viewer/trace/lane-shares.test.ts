import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LANE_STATES, type Lane } from '#profile/index.ts';
import { findRowAt, toLaneShares, toRangeTotals } from './lane-shares.ts';
import { traceFromText } from './trace-from-text.ts';

const laneOf = (text: string) => traceFromText(`main: ${text}`).lanes[0] as Lane;

/** Row by row, as nobody would who has millions of them. */
function timesWithin(lane: Lane, from: number, to: number): number[] {
  const times = new Array<number>(LANE_STATES).fill(0);
  for (let row = 0; row < lane.length; row++) {
    const within =
      Math.min(to, lane.endMicros[row] as number) - Math.max(from, lane.startMicros[row] as number);
    times[lane.state[row] as number] = (times[lane.state[row] as number] as number) + Math.max(0, within);
  }
  return times;
}

const phases = fc
  .array(
    fc.tuple(
      fc.constantFrom('run', 'wait', 'gc', 'block'),
      fc.integer({ min: 0, max: 9 }),
      fc.integer({ min: 1, max: 30 }),
    ),
    { minLength: 1 },
  )
  .map((list) => {
    let at = 0;
    return list
      .map(([state, pause, length]) => {
        const from = at + pause;
        at = from + length;
        return `${state} ${from}-${at}`;
      })
      .join(', ');
  });

describe('what a pixel shows', () => {
  it('is the share of its time that each state had', () => {
    const [executing, waiting, gc] = toLaneShares(
      laneOf('run 0-15, wait 15-30, run 30-40, gc 30-40'),
      0,
      40,
      4,
    );
    expect([...(executing ?? [])]).toEqual([1, 0.5, 0, 0]);
    expect([...(waiting ?? [])]).toEqual([0, 0.5, 1, 0]);
    expect([...(gc ?? [])]).toEqual([0, 0, 0, 1]);
  });

  it('is the same as counting row by row, whatever part is looked at', () => {
    const view = fc.tuple(fc.nat(200), fc.integer({ min: 1, max: 200 }), fc.integer({ min: 1, max: 40 }));
    fc.assert(
      fc.property(phases, view, (text, [from, length, parts]) => {
        const lane = laneOf(`run 0-1, ${text}`);
        const shares = toLaneShares(lane, from, from + length, parts);
        for (let part = 0; part < parts; part++) {
          const begin = from + (part * length) / parts;
          const times = timesWithin(lane, begin, begin + length / parts);
          for (const [state, time] of times.entries())
            expect(shares[state]?.[part]).toBeCloseTo((time * parts) / length, 4);
        }
      }),
    );
  });
});

describe('the totals of a range', () => {
  it('are the same as counting row by row', () => {
    fc.assert(
      fc.property(phases, fc.nat(200), fc.nat(200), (text, from, length) => {
        const lane = laneOf(`run 0-1, ${text}`);
        const totals = toRangeTotals(lane, from, from + length);
        const counted = [totals.executingMicros, totals.waitingMicros, totals.gcMicros, totals.blockedMicros];
        expect(counted).toEqual(timesWithin(lane, from, from + length));
      }),
    );
  });

  it('have waits that are no rows by the part of their time that is in it', () => {
    const whole = laneOf('run 0-100');
    const lane = {
      ...whole,
      shortWaits: {
        length: 1,
        startMicros: Float64Array.of(0),
        endMicros: Float64Array.of(100),
        micros: Float64Array.of(20),
      },
    };
    expect(toRangeTotals(lane, 50, 100)).toMatchObject({ executingMicros: 40, waitingMicros: 10 });
  });
});

describe('the phase at a moment', () => {
  it('is the one that the moment lies in, and none outside', () => {
    const lane = laneOf('run 10-20, wait 25-30');
    expect([5, 10, 19, 20, 24, 25, 30].map((at) => findRowAt(lane, at))).toEqual([
      undefined,
      0,
      0,
      undefined,
      undefined,
      1,
      undefined,
    ]);
  });
});
