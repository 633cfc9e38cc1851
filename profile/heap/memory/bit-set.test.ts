import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BitSet } from './bit-set.ts';

test('the next row that is not in a set is found wherever one begins to look', () => {
  const anyRows = fc.uniqueArray(fc.nat({ max: 130 }), { maxLength: 130 });
  fc.assert(
    fc.property(anyRows, fc.boolean(), fc.nat({ max: 127 }), (rows, isDense, from) => {
      const set = new BitSet(new Uint32Array(BitSet.wordsFor(128)));
      const members = new Set(isDense ? Array.from({ length: 128 }, (_, row) => row) : []);
      for (const row of rows) {
        if (row >= 128) continue;
        if (isDense) {
          set.delete(row);
          members.delete(row);
        } else members.add(row);
      }
      for (const row of members) set.add(row);
      let next = from;
      while (members.has(next)) next++;
      expect(set.nextAbsent(from)).toBe(next);
      expect([...set]).toEqual([...members].sort((a, b) => a - b));
    }),
  );
});
