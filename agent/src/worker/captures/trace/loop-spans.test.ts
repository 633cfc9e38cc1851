import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { WaitRow } from '../../../in-thread/trace/loop-waits.ts';
import { type Phase, toLoopSpans } from './loop-spans.ts';

const between = (beganMicros: number, endedMicros: number): Phase => ({ beganMicros, endedMicros });

const drawn = (window: Phase, rows: WaitRow[], timers: Phase[] = []) =>
  toLoopSpans(window, rows, timers).map(({ state, beganMicros, endedMicros }) => {
    return `${state} ${beganMicros}–${endedMicros}`;
  });

describe('the phases of an event loop', () => {
  it('are one when it never waited', () => {
    expect(drawn(between(0, 100), [])).toEqual(['executing 0–100']);
  });

  it('have the wait first in a turn that ran no timers', () => {
    expect(drawn(between(0, 100), [[20, 80, 40, 0]])).toEqual([
      'executing 0–20',
      'waiting 20–60',
      'executing 60–100',
    ]);
  });

  it('have the wait after the timers of the turn', () => {
    const timers = [between(0, 5), between(22, 35), between(85, 90)];
    expect(drawn(between(0, 100), [[20, 80, 40, 0]], timers)).toEqual([
      'executing 0–35',
      'waiting 35–75',
      'executing 75–100',
    ]);
  });

  it('fill the whole of the recording, in order, whatever is noted', () => {
    const turn = fc.tuple(fc.nat(50), fc.nat(50), fc.nat(60));
    const timer = fc.tuple(fc.nat(1_000), fc.nat(30));
    fc.assert(
      fc.property(fc.array(turn), fc.array(timer), (turns, noted) => {
        let at = 0;
        const rows = turns.map(([pause, took, waited]): WaitRow => {
          const began = at + pause;
          at = began + took;
          return [began, at, Math.min(waited, took), 0];
        });
        const timers = noted
          .map(([from, took]) => between(from, from + took))
          .toSorted((one, other) => one.beganMicros - other.beganMicros);
        const spans = toLoopSpans(between(0, at + 1), rows, timers);
        let reached = 0;
        for (const { beganMicros, endedMicros } of spans) {
          expect(beganMicros).toBe(reached);
          expect(endedMicros).toBeGreaterThan(beganMicros);
          reached = endedMicros;
        }
        expect(reached).toBe(at + 1);
        const waited = spans.reduce(
          (sum, span) => sum + (span.state === 'waiting' ? span.endedMicros - span.beganMicros : 0),
          0,
        );
        expect(waited).toBe(rows.reduce((sum, row) => sum + row[2], 0));
      }),
    );
  });
});
