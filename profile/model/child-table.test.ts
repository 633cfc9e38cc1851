import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ChildTable } from './child-table.ts';

/** Parents by how far back they stand, keys of all sizes. */
const child = fc.tuple(
  fc.nat({ max: 3000 }),
  fc.oneof(fc.nat({ max: 12 }), fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })),
);

describe('a table of children', () => {
  test('gives equal pairs equal rows, in the order of their coming, however many it has', () => {
    fc.assert(
      fc.property(fc.array(child, { maxLength: 5000, size: 'max' }), (children) => {
        const table = new ChildTable();
        const known = new Map<string, number>();
        const wrong: string[] = [];
        for (const [back, key] of children) {
          const parent = Math.max(-1, table.length - 1 - back);
          const pair = `${parent} ${key}`;
          const row = known.get(pair) ?? known.size;
          known.set(pair, row);
          if (table.rowOf(parent, key) !== row) wrong.push(pair);
        }
        expect(wrong).toEqual([]);
        const [parents, keys] = [table.parents(), table.keys()];
        expect(Array.from(parents, (parent, row) => `${parent} ${keys[row]}`)).toEqual([...known.keys()]);
      }),
      { numRuns: 30 },
    );
  });

  test('finds all children of a parent that has very many', () => {
    const table = new ChildTable();
    const rows = Array.from({ length: 20_000 }, (_, key) => table.rowOf(-1, key));
    expect(Array.from({ length: 20_000 }, (_, key) => table.rowOf(-1, key))).toEqual(rows);
    expect(table.length).toBe(20_000);
  });

  test('finds the children of many parents that all come first, where slots are full for long stretches', () => {
    const table = new ChildTable();
    const parents = Array.from({ length: 4000 }, (_, key) => table.rowOf(-1, key));
    const tell = () =>
      parents.flatMap((parent) => Array.from({ length: 16 }, (_, key) => table.rowOf(parent, key)));
    const rows = tell();
    expect(tell()).toEqual(rows);
    expect(new Set(rows).size).toBe(64_000);
  });
});
