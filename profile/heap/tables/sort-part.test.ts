import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firstRows, sortPart } from './sort-part.ts';

const keys = fc.array(fc.integer({ min: 0, max: 50 }), { maxLength: 5000, size: 'max' });

function byKey(values: readonly number[]) {
  return (a: number, b: number) => (values[a] as number) - (values[b] as number) || a - b;
}

describe('a page of rows', () => {
  it('is what it would be if all were sorted', () => {
    fc.assert(
      fc.property(keys, fc.nat(), fc.nat(100), (values, start, length) => {
        const compare = byKey(values);
        const rows = Uint32Array.from(values.keys());
        const from = values.length === 0 ? 0 : start % values.length;
        const to = Math.min(values.length, from + length);
        const sorted = [...rows].sort(compare);
        sortPart(rows, from, to, compare);
        expect([...rows.subarray(from, to)]).toEqual(sorted.slice(from, to));
        expect([...rows].sort((a, b) => a - b)).toEqual([...values.keys()]);
      }),
      { numRuns: 50 },
    );
  });

  it('that begins with the first is found without moving the rows', () => {
    fc.assert(
      fc.property(keys, fc.nat(), (values, some) => {
        const compare = byKey(values);
        const rows = Uint32Array.from(values.keys());
        const count = values.length === 0 ? 0 : some % (values.length + 1);
        expect([...firstRows(rows, count, compare)]).toEqual([...rows].sort(compare).slice(0, count));
        expect([...rows]).toEqual([...values.keys()]);
      }),
      { numRuns: 50 },
    );
  });

  it('of rows that stand in the opposite order is found as well', () => {
    const rows = Uint32Array.from({ length: 20_000 }, (_, index) => index);
    expect([...firstRows(rows, 3, (a, b) => b - a)]).toEqual([19_999, 19_998, 19_997]);
  });
});
