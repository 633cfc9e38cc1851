import { describe, expect, it } from 'vitest';
import { HeapFilterError } from '../../../errors.ts';
import { explorerFromText } from '../../text/explorer-from-text.ts';

const long = 'x'.repeat(1024);
const STRINGS = `
root
  shortcut global: Window 16
    a: lobby#1 as string 24
    b: lobby#2 as string 24
    c: lobby#3 as string 24
    d: arena#1 as string 40
    e: arena#2 as string 40
    f: alone as string 400
    g: <5 characters>#1 as string 24
    h: <5 characters>#2 as string 24
    i: cons as concatenated string 32
      internal first: lob as string 20
      internal second: by as string 20
    j: flat as concatenated string 32
      internal first: arena#1
      internal second: "" as string 12
    k: ${long}#1 as string 1040
    l: ${long}#2 as string 1040
    m: ${long}#3 as string 2040`;

function duplicates(filter = '', text = STRINGS) {
  return explorerFromText(text).explorer.answer({
    ask: 'duplicateStrings',
    filter,
    page: { offset: 0, limit: 10 },
  });
}

function rows(filter = '') {
  return duplicates(filter).rows.map(
    (row) => `${row.text.slice(0, 9)}: ${row.count}, ${row.totalBytes}, ${row.wastedBytes}`,
  );
}

describe('duplicate strings', () => {
  it('are grouped by content, what wastes most first', () => {
    expect(rows()).toEqual(['xxxxxxxxx: 2, 2080, 1040', 'lobby: 4, 104, 72', 'arena: 2, 80, 40']);
  });

  it('of a long content are equal as far as V8 tells, and of one size', () => {
    const [first, second] = duplicates().rows;
    expect(first).toMatchObject({ count: 2, isBeginning: true });
    expect(second?.isBeginning).toBe(false);
  });

  it('are not those whose content was taken out: nobody knows them to be equal', () => {
    expect(duplicates()).toMatchObject({ redactedCount: 2, redactedBytes: 48 });
    expect(rows('characters')).toEqual([]);
  });

  it('are filtered by content and by what they waste', () => {
    expect(rows('lob')).toEqual(['lobby: 4, 104, 72']);
    expect(rows('wasted>=40 count<4 -x')).toEqual(['arena: 2, 80, 40']);
    expect(() => rows('class:Map')).toThrow(HeapFilterError);
  });

  it('name one of them to go on from', () => {
    const { explorer, id } = explorerFromText(STRINGS);
    const { rows: found } = explorer.answer({
      ask: 'duplicateStrings',
      filter: 'arena',
      page: { offset: 0, limit: 1 },
    });
    expect(found[0]?.example).toBe(id('arena#1'));
  });

  it('that are concatenated alone are found too', () => {
    const text = ['a', 'b']
      .map(
        (name) => `    ${name}: cons#${name} as concatenated string 32
      internal first: left as string 20
      internal second: right as string 20`,
      )
      .join('\n');
    const { rows: found } = duplicates('', `root\n  shortcut global: Window 16\n${text}`);
    expect(found).toMatchObject([{ text: 'leftright', count: 2, wastedBytes: 32 }]);
  });
});
