import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Trace } from '#profile/index.ts';
import { findLongestSpans, toNameTotals } from './span-totals.ts';
import { traceFromText } from './trace-from-text.ts';

const all = () => true;
const drawn = (trace: Trace, from: number, to: number) =>
  toNameTotals(trace, from, to, all)
    .map(
      (total) => `${trace.strings[total.name]} ${total.count}× ${total.totalMicros} (${total.longestMicros})`,
    )
    .sort();

describe('spans by name', () => {
  it('count with what of them lies in the range; moments count without a time', () => {
    const trace = traceFromText('main: a 0-10, a 20-40, b 22-24, mark 30');
    expect(drawn(trace, 5, 30)).toEqual(['a 2× 15 (20)', 'b 1× 2 (2)']);
    expect(drawn(trace, 30, 50)).toEqual(['a 1× 10 (20)', 'mark 1× 0 (0)']);
  });

  it('are of those that pass', () => {
    const trace = traceFromText('main: a 0-10, b 22-24');
    const b = trace.strings.indexOf('b');
    expect(toNameTotals(trace, 0, 50, (name) => name === b)).toHaveLength(1);
  });

  it('of two ranges next to each other add up to those of both', () => {
    const span = fc.tuple(fc.constantFrom('a', 'b', '~c'), fc.nat(100), fc.integer({ min: 1, max: 40 }));
    fc.assert(
      fc.property(fc.array(span, { minLength: 1 }), fc.nat(150), (list, cut) => {
        const trace = traceFromText(
          `main: ${list.map(([name, at, took]) => `${name} ${at}-${at + took}`).join(', ')}`,
        );
        const sum = (from: number, to: number) =>
          toNameTotals(trace, from, to, all).reduce((total, { totalMicros }) => total + totalMicros, 0);
        expect(sum(0, cut) + sum(cut, 200)).toBe(list.reduce((total, [, , took]) => total + took, 0));
      }),
    );
  });
});

describe('the longest spans', () => {
  it('are the longest of those that reach into the range, in order, so many as asked for', () => {
    const span = fc.tuple(fc.nat(100), fc.integer({ min: 1, max: 60 }));
    fc.assert(
      fc.property(fc.array(span, { minLength: 1, maxLength: 80 }), fc.nat(100), (list, from) => {
        const trace = traceFromText(
          `main: ${list.map(([at, took], id) => `s${id} ${at}-${at + took}`).join(', ')}`,
        );
        const found = findLongestSpans(trace.lanes, from, from + 20, 5, all).map(({ row }) => {
          const spans = trace.lanes[0]?.spans;
          return (spans?.endMicros[row] ?? 0) - (spans?.startMicros[row] ?? 0);
        });
        const expected = list
          .filter(([at, took]) => at < from + 20 && at + took > from)
          .map(([, took]) => took)
          .sort((a, b) => b - a);
        expect(found).toEqual(expected.slice(0, 5));
      }),
    );
  });
});
