import type { IndexIntoFunctionTable } from '#profile/index.ts';
import type { Matches } from '../search/function-search.ts';
import type { Subject } from '../state/subject.ts';
import { functionRows } from '../table/table-rows.ts';

const MOST = 6;

/**
 * Functions that one may want to see between their callers and callees, instead of the one that is: those that the search found,
 * by total; without a search those that took most themselves.
 */
export function middleChoices(subject: Subject, matches: Matches | undefined): IndexIntoFunctionTable[] {
  const { hit, totals } = functionRows(subject);
  const by = matches === undefined ? totals.self : totals.total;
  const { middle } = subject.view;
  return Array.from(hit)
    .filter((func) => func !== middle && (matches === undefined || matches.functions[func] === 1))
    .filter((func) => (by[func] as number) > 0)
    .sort((a, b) => (by[b] as number) - (by[a] as number) || a - b)
    .slice(0, MOST);
}
