import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { WaitRow } from '../../../in-thread/trace/loop-waits.ts';
import { type Phase, toLoopSpans } from './loop-spans.ts';

const between = (beganMicros: number, endedMicros: number): Phase => ({ beganMicros, endedMicros });

const drawn = (window: Phase, rows: WaitRow[]) =>
  toLoopSpans(window, rows).map(({ state, beganMicros, endedMicros }) => {
    return `${state} ${beganMicros}–${endedMicros}`;
  });

describe('the phases of an event loop', () => {
  it('are one when it never waited', () => {
    expect(drawn(between(0, 100), [])).toEqual(['executing 0–100']);
  });

  it('have the wait first in a turn that something came in from outside', () => {
    expect(drawn(between(0, 100), [[20, 80, 40, 0, 1]])).toEqual([
      'executing 0–20',
      'waiting 20–60',
      'executing 60–100',
    ]);
  });

  it('have the wait last in a turn that ran timers alone', () => {
    expect(drawn(between(0, 100), [[20, 80, 40, 0, 0]])).toEqual([
      'executing 0–40',
      'waiting 40–80',
      'executing 80–100',
    ]);
  });

  it('fill the whole of the recording, in order, whatever is noted', () => {
    const turn = fc.tuple(fc.nat(50), fc.nat(50), fc.nat(60), fc.constantFrom(0 as const, 1 as const));
    fc.assert(
      fc.property(fc.array(turn), (turns) => {
        let at = 0;
        const rows = turns.map(([pause, took, waited, came]): WaitRow => {
          const began = at + pause;
          at = began + took;
          return [began, at, Math.min(waited, took), 0, came];
        });
        const spans = toLoopSpans(between(0, at + 1), rows);
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
