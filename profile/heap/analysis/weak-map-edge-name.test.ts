import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { tableInName } from './weak-map-edge-name.ts';

/** The same as a pattern, as Chrome DevTools has it. */
const PATTERN =
  /^\d+ \/ part of key \(.*? @\d+\) -> value \(.*? @\d+\) pair in WeakMap \(table @(?<table>\d+)\)$/;

function tableOf(name: string): number | undefined {
  const bytes = new TextEncoder().encode(`before${name}) after 9`);
  return tableInName(bytes, 6, bytes.length - ') after 9'.length);
}

function tableByPattern(name: string): number | undefined {
  const table = PATTERN.exec(name)?.groups?.table;
  return table === undefined ? undefined : Number(table);
}

const PARTS = [
  '7',
  '40',
  ' / part of key (',
  'Key',
  ' @1',
  ') -> value (',
  ' @3',
  ')',
  ' pair in WeakMap (table @5)',
];
const ODD = [
  '',
  ' @',
  '@',
  '(',
  ' ',
  '\n',
  '\r',
  '\u2028',
  '\u2029',
  'é',
  '\u20ac',
  ') pair in WeakMap (table @',
];

const anyName = fc.array(fc.constantFrom(...PARTS, ...ODD), { maxLength: 12 }).map((parts) => parts.join(''));
/** Whole names, with something taken out or put in somewhere. */
const nearlyName = fc
  .tuple(
    fc.constantFrom(...ODD, ...PARTS),
    fc.constantFrom(...ODD, ...PARTS),
    fc.nat({ max: 80 }),
    fc.nat({ max: 5 }),
  )
  .map(([key, value, at, cut]) => {
    const name = `12 / part of key (${key} @12) -> value (${value} @345) pair in WeakMap (table @6789)`;
    return name.slice(0, at) + key + name.slice(at + cut);
  });

describe('the name of an edge of a WeakMap', () => {
  test('has the id of the table', () => {
    expect(tableOf('7 / part of key (Key @1) -> value (Value @3) pair in WeakMap (table @5)')).toBe(5);
  });

  test.each([
    '7 / part of key (Key @1) -> value (Value @3) pair in WeakMap (table @)',
    ' / part of key (Key @1) -> value (Value @3) pair in WeakMap (table @5)',
    '7 / part of key (Key @1) -> value (Value) pair in WeakMap (table @5)',
    '7 / part of key (Key) -> value (Value @3) pair in WeakMap (table @5)',
    '7 / part of key (K\ney @1) -> value (Value @3) pair in WeakMap (table @5)',
    '7 / part of key ( @1) pair in WeakMap (table @5)',
  ])('is not %j', (name) => {
    expect(tableOf(name)).toBeUndefined();
  });

  test('is what matches the pattern of Chrome DevTools, and nothing else', () => {
    fc.assert(
      fc.property(fc.oneof(anyName, nearlyName), (name) => {
        expect(tableOf(name)).toBe(tableByPattern(name));
      }),
      { numRuns: 2000 },
    );
  });
});
