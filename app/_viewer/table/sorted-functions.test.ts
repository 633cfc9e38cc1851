import { describe, expect, test } from 'vitest';
import { findMatches } from '../search/function-search.ts';
import { rowsNamed, subjectFromText } from '../state/subject-from-text.ts';
import type { ViewerState } from '../state/viewer-state.ts';
import { heaviestCall, sampledFunctions, sortedFunctions } from './sorted-functions.ts';

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
  return Array.from(sortedFunctions(subject, sampledFunctions(subject), matches, sort), subject.label);
}

describe('the table of functions', () => {
  test('leaves out the root and what no sample hit', () => {
    expect(Array.from(sampledFunctions(subject), subject.label).toSorted()).toEqual([
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
