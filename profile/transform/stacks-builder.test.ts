import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { StacksBuilder } from './stacks-builder.ts';

describe('stacks that are gathered', () => {
  test('have one row for each function below each row, however many ask for it', () => {
    const anyAsked = fc.array(fc.tuple(fc.nat(), fc.nat({ max: 30 })), { maxLength: 200 });
    fc.assert(
      fc.property(anyAsked, (asked) => {
        const builder = new StacksBuilder(0, asked.length + 1);
        const rows = new Map<string, number>();
        for (const [pick, func] of asked) {
          const parent = pick % (rows.size + 1);
          const key = `${parent} ${func}`;
          const row = builder.rowOf(parent, func);
          expect(row).toBe(rows.get(key) ?? rows.size + 1);
          rows.set(key, row);
        }
        const { length, parent, func } = builder.finish();
        expect(length).toBe(rows.size + 1);
        for (const [key, row] of rows) expect(`${parent[row]} ${func[row]}`).toBe(key);
      }),
    );
  });

  test('may have a caller of a hundred thousand functions', () => {
    const many = 100_000;
    const builder = new StacksBuilder(0, many + 1);
    const wrong: number[] = [];
    for (let asked = 0; asked < many * 2; asked++) {
      if (builder.rowOf(0, asked % many) !== (asked % many) + 1) wrong.push(asked);
    }
    expect(wrong).toEqual([]);
    expect(builder.finish().length).toBe(many + 1);
  });
});
