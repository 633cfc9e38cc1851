import { describe, expect, test } from 'vitest';
import { findNextRow } from '#profile/index.ts';
import { profileFromText } from '#profile/text/profile-from-text.ts';
import type { Subject } from '../state/subject.ts';
import { subjectFromText, toSubject } from '../state/subject-from-text.ts';
import { findMatches, type Query, toQuery } from './function-search.ts';
import { toRegExp } from './pattern-thread.ts';
import { findHits, isHit, searchedTexts } from './searched-texts.ts';

const subject = subjectFromText(`
  main   main   main   other
  parse  parse  draw   parse
  read          parse
  parse
`);

function search(text: string, isPattern = false) {
  return searchIn(subject, text, isPattern);
}

function searchIn({ profile, view }: Subject, text: string, isPattern = false) {
  const query = toQuery(text, isPattern);
  const searched = searchedTexts(profile, '(anonymous)');
  const hits = findHits(searched.texts, testOf(query));
  return findMatches(
    view.tree,
    profile.functions.length,
    (func) => func !== view.tree.func[0] && isHit(searched, hits, func),
  );
}

function testOf(query: Query): (text: string) => boolean {
  if (query.kind === 'text') return query.test;
  if (query.kind !== 'pattern') throw new Error(query.kind);
  const pattern = toRegExp(query.source);
  return (text) => pattern.test(text);
}

describe('a search', () => {
  test('counts a match within a match once', () => {
    expect(search('parse').value).toBe(4000);
    expect(search('read').value).toBe(1000);
    expect(search('main').value).toBe(3000);
  });

  test('finds the function that all of a tree stands below, which is all of it', () => {
    const around = toSubject(profileFromText('main  main\nread  read'), { picture: 'sandwich' });
    const { profile, view, label } = around;
    const { rows, value } = findMatches(
      view.tree,
      profile.functions.length,
      (func) => label(func) === 'read',
    );
    expect(Array.from(rows)).toEqual([0]);
    expect(value).toBe(view.tree.total[0]);
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

  test('finds a function by its package, its path and what is shown of its place', () => {
    const busy = subjectFromText(`
      login@file:///srv/user-service/desk.ts:4  tick@node:internal/timers:7  _encipher@/srv/node_modules/bcryptjs/umd/index.js:738
    `);
    for (const text of ['bcrypt', 'node_modules/bcryptjs/umd', 'bcryptjs/index.js:738', 'ENCIPHER'])
      expect(searchIn(busy, text).functionCount, text).toBe(1);
    expect(searchIn(busy, 'user-service/desk.ts:4').functionCount).toBe(1);
    expect(searchIn(busy, '^node:', true).functionCount).toBe(1);
    expect(searchIn(busy, 'bcryptjs/desk').functionCount).toBe(0);
  });

  test('never finds the root', () => {
    expect(search('root').rows.length).toBe(0);
    expect(search('.', true).value).toBe(4000);
  });

  test('says what is wrong with a pattern that is not finished', () => {
    expect(toQuery('(', true)).toEqual({ kind: 'invalid', reason: 'Unterminated group' });
    expect(toQuery('', true)).toEqual({ kind: 'none' });
  });

  test('goes from match to match and around the end', () => {
    const matches = search('parse');
    const [first, second] = matches.rows;
    expect(findNextRow(matches, 0, 1)).toBe(first);
    expect(findNextRow(matches, first ?? -1, 1)).toBe(second);
    expect(findNextRow(matches, matches.rows.at(-1) ?? -1, 1)).toBe(first);
    expect(findNextRow(matches, 0, -1)).toBe(matches.rows.at(-1));
    expect(findNextRow(search('nothing'), 0, 1)).toBeUndefined();
  });
});
