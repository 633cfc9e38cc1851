import { describe, expect, test } from 'vitest';
import { subjectFromText } from '../state/subject-from-text.ts';
import { OpenRows, stepSideways } from './open-rows.ts';

const subject = subjectFromText(`
  a  a  a  b  b  b
  c  c  d  c  e  e
                 c
`);
const table = new OpenRows(subject);
const label = (row: number) => subject.label(table.rows.func(row));
const named = (rows: Iterable<number>, name: string) =>
  [...rows].find((row) => label(row) === name) as number;

const c = named(table.top(), 'c');
const e = named(table.childrenOf(c), 'e');

const seen = (open: number[], rows = table) =>
  Array.from(
    rows.seen(rows.top(), new Set(open.map((row) => table.addressOf(row)))),
    (row) =>
      `${'  '.repeat(rows.rows.depth(row) - 1)}${subject.label(rows.rows.func(row))} ${rows.rows.total(row) / 1000}`,
  );

describe('rows that open to their callers', () => {
  test('stand closed, the heaviest first', () => {
    expect(seen([])).toEqual(['c 4', 'd 1', 'e 1']);
  });

  test('are followed by their callers, which may be open too', () => {
    expect(seen([c, e])).toEqual(['c 4', '  a 2', '  b 1', '  e 1', '    b 1', 'd 1', 'e 1']);
  });

  test('stay out of sight below one that is closed', () => {
    expect(seen([e])).toEqual(['c 4', 'd 1', 'e 1']);
  });

  test('are the same ones when a link opens them in a table made anew', () => {
    expect(seen([c, e], new OpenRows(subject))).toEqual(seen([c, e]));
  });

  test('are walked as trees are: right opens and enters, left closes and leaves', () => {
    const [first = -1] = table.childrenOf(c);
    expect(stepSideways(table, c, false, 'ArrowRight')).toEqual({ kind: 'open', row: c });
    expect(stepSideways(table, c, true, 'ArrowRight')).toEqual({ kind: 'go', row: first });
    expect(stepSideways(table, c, true, 'ArrowLeft')).toEqual({ kind: 'close', row: c });
    expect(stepSideways(table, e, false, 'ArrowLeft')).toEqual({ kind: 'go', row: c });
    expect(stepSideways(table, c, false, 'ArrowLeft')).toBeUndefined();
    expect(stepSideways(table, first, false, 'ArrowRight')).toBeUndefined();
    expect(stepSideways(table, c, false, 'ArrowDown')).toBeUndefined();
  });
});
