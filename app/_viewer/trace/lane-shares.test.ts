import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LANE_STATE, type Lane } from '#profile/index.ts';
import { findRowAt, toLaneShares } from './lane-shares.ts';

type Row = [state: keyof typeof LANE_STATE, start: number, end: number];

const laneOf = (...rows: Row[]): Lane => ({
  tid: 1,
  name: 'main thread',
  length: rows.length,
  startMicros: Float64Array.from(rows, ([, start]) => start),
  endMicros: Float64Array.from(rows, ([, , end]) => end),
  state: Uint8Array.from(rows, ([state]) => LANE_STATE[state]),
  totals: { executingMicros: 0, waitingMicros: 0, gcMicros: 0 },
});

describe('what a pixel shows', () => {
  it('is the share of its time that each state had', () => {
    const lane = laneOf(['executing', 0, 15], ['waiting', 15, 30], ['gc', 30, 40]);
    const { executing, waiting, gc } = toLaneShares(lane, 0, 40, 4);
    expect([...executing]).toEqual([1, 0.5, 0, 0]);
    expect([...waiting]).toEqual([0, 0.5, 1, 0]);
    expect([...gc]).toEqual([0, 0, 0, 1]);
  });

  it('begins in the middle of a phase when the view does', () => {
    const lane = laneOf(['executing', 0, 100], ['waiting', 100, 200]);
    const { executing, waiting } = toLaneShares(lane, 90, 110, 2);
    expect([...executing]).toEqual([1, 0]);
    expect([...waiting]).toEqual([0, 1]);
  });

  it('adds up to the time that the lane covers, however short its phases are', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 30 })),
        fc.integer({ min: 1, max: 50 }),
        (lengths, parts) => {
          let at = 0;
          const rows = lengths.map((length, index): Row => {
            const start = at;
            at += length;
            return [index % 2 === 0 ? 'executing' : 'gc', start, at];
          });
          if (at === 0) return;
          const { executing, gc } = toLaneShares(laneOf(...rows), 0, at, parts);
          const sum = [...executing, ...gc].reduce((total, share) => total + share, 0);
          expect(sum).toBeCloseTo(parts, 2);
        },
      ),
    );
  });
});

describe('the phase at a moment', () => {
  it('is the one that the moment lies in, and none outside', () => {
    const lane = laneOf(['executing', 10, 20], ['waiting', 25, 30]);
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
