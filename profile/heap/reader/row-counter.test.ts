import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { RowCounter } from './row-counter.ts';

const FIELDS = 3;
const encode = (text: string) => new TextEncoder().encode(text);

/** Counts in chunks of that length. */
function counted(text: string, chunkLength = text.length): RowCounter {
  const bytes = encode(text);
  const counter = new RowCounter(FIELDS);
  for (let at = 0; at < bytes.length && !counter.isDone; at += chunkLength)
    counter.push(bytes.subarray(at, at + chunkLength));
  return counter;
}

const anyRow = fc.tuple(fc.nat({ max: 6 }), fc.nat(), fc.nat());

describe('a counter of rows', () => {
  test('counts those to the end of the list, however it comes', () => {
    const rows = fc.array(anyRow, { minLength: 1, maxLength: 80 });
    const behind = fc.constantFrom(']', '],\n"strings":["1,2,3,"]', '\n]');
    fc.assert(
      fc.property(
        rows,
        fc.constantFrom(',', '\n,'),
        behind,
        fc.integer({ min: 1, max: 200 }),
        (all, between, rest, cut) => {
          const counter = counted(all.map((row) => row.join()).join(between) + rest, cut);
          expect(counter.isDone).toBe(true);
          expect(counter.rows).toBe(all.length);
        },
      ),
    );
  });

  test('counts a list that is longer than what is looked at together', () => {
    const count = 200_000;
    expect(counted(`${'1,22,333\n,'.repeat(count - 1)}1,2,3]`).rows).toBe(count);
  });

  test('has no whole number of what are no rows, nor an end of what has none', () => {
    expect(Number.isInteger(counted('1,2,3,4]').rows)).toBe(false);
    expect(counted('1,2,3').isDone).toBe(false);
  });
});
