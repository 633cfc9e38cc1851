import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { finish } from '../analysis/steps.ts';
import { sortByNumber } from './sort-by-number.ts';

describe('rows sorted by a number', () => {
  it('stand in its order, and equal ones as they stood', () => {
    const key = fc.oneof(fc.nat(5), fc.nat(), fc.nat({ max: 2 ** 53 - 1 }));
    fc.assert(
      fc.property(fc.array(key), fc.boolean(), (keys, descending) => {
        const rows = Uint32Array.from(keys.keys());
        const sorted = finish(sortByNumber(rows, (row) => keys[row] as number, descending));
        const sign = descending ? -1 : 1;
        const expected = [...rows].sort(
          (a, b) => sign * ((keys[a] as number) - (keys[b] as number)) || a - b,
        );
        expect([...sorted]).toEqual(expected);
      }),
    );
  });
});
