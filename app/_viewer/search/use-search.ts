import { useDeferredValue, useMemo } from 'react';
import { urlOf } from '../flame/function-labels.ts';
import type { Subject } from '../state/subject.ts';
import type { ViewerState } from '../state/viewer-state.ts';
import { findMatches, type Matches, type Query, toQuery } from './function-search.ts';

/** What the search finds, in names and in paths. Matches are undefined without a search, or with one that is not valid. */
export function useSearch(
  subject: Subject,
  { search, searchIsPattern }: ViewerState,
): { readonly query: Query; readonly matches: Matches | undefined } {
  const settled = useDeferredValue(search);
  return useMemo(() => {
    const query = toQuery(settled, searchIsPattern);
    if (query.kind !== 'query') return { query, matches: undefined };
    const { profile, view } = subject;
    const isMatch = (func: number) => query.test(subject.label(func)) || query.test(urlOf(profile, func));
    return { query, matches: findMatches(view.tree, profile.functions.length, isMatch) };
  }, [subject, settled, searchIsPattern]);
}
