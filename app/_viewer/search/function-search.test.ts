import { describe, expect, test } from 'vitest';
import { subjectFromText } from '../state/subject-from-text.ts';
import { findMatches, findNextMatch, toQuery } from './function-search.ts';

const subject = subjectFromText(`
  main   main   main   other
  parse  parse  draw   parse
  read          parse
  parse
`);

function search(text: string, isPattern = false) {
  const query = toQuery(text, isPattern);
  if (query.kind !== 'query') throw new Error(query.kind);
  const { profile, view, label } = subject;
  return findMatches(view.tree, profile.functions.length, (func) => query.test(label(func)));
}

describe('a search', () => {
  test('counts a match within a match once', () => {
    expect(search('parse').micros).toBe(4000);
    expect(search('read').micros).toBe(1000);
    expect(search('main').micros).toBe(3000);
  });

  test('finds parts of names in any case, and functions once', () => {
    const { functionCount, rows } = search('PARS');
    expect(functionCount).toBe(1);
    expect(rows.length).toBe(4);
  });

  test('takes a plain text literally and a pattern as one', () => {
    expect(search('^(main|other)$').functionCount).toBe(0);
    expect(search('^(main|other)$', true).functionCount).toBe(2);
  });

  test('never finds the root', () => {
    expect(search('root').rows.length).toBe(0);
    expect(search('.', true).micros).toBe(4000);
  });

  test('says what is wrong with a pattern that is not finished', () => {
    expect(toQuery('(', true)).toEqual({ kind: 'invalid', reason: 'Unterminated group' });
    expect(toQuery('', true)).toEqual({ kind: 'none' });
  });

  test('goes from match to match and around the end', () => {
    const matches = search('parse');
    const [first, second] = matches.rows;
    expect(findNextMatch(matches, 0, 1)).toBe(first);
    expect(findNextMatch(matches, first ?? -1, 1)).toBe(second);
    expect(findNextMatch(matches, matches.rows.at(-1) ?? -1, 1)).toBe(first);
    expect(findNextMatch(matches, 0, -1)).toBe(matches.rows.at(-1));
    expect(findNextMatch(search('nothing'), 0, 1)).toBeUndefined();
  });
});
