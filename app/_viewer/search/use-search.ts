import { useDeferredValue, useMemo } from 'react';
import { isRoot } from '../flame/function-labels.ts';
import type { Subject } from '../state/subject.ts';
import type { ViewerState } from '../state/viewer-state.ts';
import { useViewerWords } from '../use-viewer-words.ts';
import { findMatches, type Matches, toQuery } from './function-search.ts';
import { findHits, isHit, searchedTexts } from './searched-texts.ts';
import { usePattern } from './use-pattern.ts';

export interface Search {
  /** Undefined without a search, and with one that has no answer. */
  readonly matches: Matches | undefined;
  /** Why there is no answer. */
  readonly trouble:
    | { readonly kind: 'invalid'; readonly reason: string }
    | { readonly kind: 'too-slow' | 'failed' }
    | undefined;
}

/** What the search finds in names, places and paths. Plain text is looked for at once, a pattern where it stalls nobody. */
export function useSearch(
  { shown: profile, view }: Subject,
  { search, searchIsPattern }: ViewerState,
): Search {
  const viewer = useViewerWords();
  const { anonymous } = viewer;
  const settled = useDeferredValue(search);
  const query = useMemo(() => toQuery(settled, searchIsPattern), [settled, searchIsPattern]);
  const isAsked = query.kind === 'text' || query.kind === 'pattern';
  const searched = useMemo(
    () => (isAsked ? searchedTexts(profile, anonymous) : undefined),
    [isAsked, profile, anonymous],
  );
  const answer = usePattern(searched, query.kind === 'pattern' ? query.source : undefined);
  const hits = useMemo(() => {
    if (query.kind === 'text') return searched && findHits(searched.texts, query.test);
    return answer?.kind === 'found' ? answer.hits : undefined;
  }, [query, searched, answer]);
  const matches = useMemo(
    () =>
      searched &&
      hits &&
      findMatches(
        view.tree,
        profile.functions.length,
        (func) => !isRoot(profile, func) && isHit(searched, hits, func),
      ),
    [searched, hits, view, profile],
  );
  return { matches, trouble: troubleOf(query, answer) };
}

function troubleOf(
  query: ReturnType<typeof toQuery>,
  answer: ReturnType<typeof usePattern>,
): Search['trouble'] {
  if (query.kind === 'invalid') return query;
  return answer?.kind === 'too-slow' || answer?.kind === 'failed' ? { kind: answer.kind } : undefined;
}
