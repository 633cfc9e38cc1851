import { describe, expect, test } from 'vitest';
import { findMatches } from '../search/function-search.ts';
import { rowsNamed, subjectFromText } from '../state/subject-from-text.ts';
import type { ViewerState } from '../state/viewer-state.ts';
import { heaviestCall, sortedRows } from './sorted-rows.ts';
import { functionRows, groupRows } from './table-rows.ts';

const subject = subjectFromText(`
  main  main  main  f10  f2  f2
  a     a     b     a    a   (idle)
  a           a
`);
const { tree } = subject.view;

function sorted(sort: ViewerState['sort'], search?: string): string[] {
  const { functions } = subject.profile;
  const matches =
    search === undefined
      ? undefined
      : findMatches(tree, functions.length, (func) => subject.label(func) === search);
  return Array.from(sortedRows(functionRows(subject), matches, sort), subject.label);
}

describe('the table of functions', () => {
  test('leaves out the root and what no sample hit', () => {
    expect(Array.from(functionRows(subject).hit, subject.label).toSorted()).toEqual([
      'a',
      'b',
      'f10',
      'f2',
      'main',
    ]);
  });

  test('puts equal functions in the order of their totals', () => {
    expect(sorted({ column: 'self', descending: true })).toEqual(['a', 'main', 'b', 'f10', 'f2']);
    expect(sorted({ column: 'total', descending: true })[0]).toBe('a');
    expect(sorted({ column: 'total', descending: false }).at(-1)).toBe('a');
  });

  test('sorts names as people count', () => {
    expect(sorted({ column: 'name', descending: false })).toEqual(['a', 'b', 'f2', 'f10', 'main']);
  });

  test('shows what the search found alone', () => {
    expect(sorted({ column: 'self', descending: true }, 'b')).toEqual(['b']);
  });

  test('leads to the heaviest call of a function, the outermost of equal ones', () => {
    const [outermost = -1] = rowsNamed(subject, 'a');
    expect(heaviestCall(subject, tree.func[outermost] as number)).toBe(outermost);
    expect(tree.total[outermost]).toBe(2000);
  });
});

describe('the table of files and packages', () => {
  const nested = subjectFromText(`
    a@/srv/main.ts:1            a@/srv/main.ts:1            a@/srv/main.ts:1   (garbage collector)
    x@/n/node_modules/p/x.js:1  x@/n/node_modules/p/x.js:1  b@/srv/other.ts:1
    c@/srv/main.ts:9            y@/n/node_modules/p/y.js:1  net@node:net:1
    x@/n/node_modules/p/x.js:1
  `);
  const names = {
    own: 'own code',
    package: 'packages',
    runtime: 'Node.js',
    native: 'native',
    garbageCollector: 'gc',
    idle: 'idle',
  };
  const lines = (kind: 'file' | 'package') => {
    const rows = groupRows(nested, kind, names);
    return Array.from(
      sortedRows(rows, undefined, { column: 'total', descending: true }),
      (row) =>
        `${rows.label(row)}: ${(rows.totals.self[row] as number) / 1000} ${(rows.totals.total[row] as number) / 1000}`,
    );
  };

  test('counts calls within a group once, so that none exceeds the whole', () => {
    expect(lines('package')).toEqual(['own code: 0 3', 'p: 2 2', 'Node.js: 1 1', 'gc: 1 1']);
    expect(lines('file')).toEqual([
      'srv/main.ts: 0 3',
      'p/x.js: 1 2',
      'p/y.js: 1 1',
      'srv/other.ts: 0 1',
      'node:net: 1 1',
      'gc: 1 1',
    ]);
  });

  test('shares all self time out among its rows', () => {
    for (const kind of ['file', 'package'] as const) {
      const { totals, hit } = groupRows(nested, kind, names);
      expect(hit.reduce((sum, row) => sum + (totals.self[row] as number), 0)).toBe(nested.view.tree.total[0]);
    }
  });

  test('finds a group by any of its functions', () => {
    const rows = groupRows(nested, 'package', names);
    const matches = findMatches(
      nested.view.tree,
      nested.profile.functions.length,
      (func) => nested.label(func) === 'y',
    );
    const shown = sortedRows(rows, matches, { column: 'self', descending: true });
    expect(Array.from(shown, rows.label)).toEqual(['p']);
    expect(rows.selectorOf(shown[0] as number)).toEqual({ by: 'package', name: 'p' });
    expect(rows.searchFor(shown[0] as number)).toBe('node_modules/p/');
  });
});
