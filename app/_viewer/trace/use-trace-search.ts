import { useDeferredValue, useMemo } from 'react';
import type { Trace } from '#profile/index.ts';
import { toQuery } from '../search/function-search.ts';
import { findHits } from '../search/searched-texts.ts';
import { usePattern } from '../search/use-pattern.ts';
import { countMatches, type Hits, type MatchCount } from './span-search.ts';
import type { TraceState } from './trace-state.ts';

export interface TraceSearch {
  /** Undefined without a search, and with one that has no answer. */
  readonly hits: Hits | undefined;
  readonly matches: MatchCount | undefined;
  /** Why there is no answer. */
  readonly trouble:
    | { readonly kind: 'invalid'; readonly reason: string }
    | { readonly kind: 'too-slow' | 'failed' }
    | undefined;
}

const NONE = new Uint32Array(0);

/** What the search finds in the names and categories of spans. */
export function useTraceSearch(trace: Trace, { search, searchIsPattern, item }: TraceState): TraceSearch {
  const settled = useDeferredValue(search);
  const query = useMemo(() => toQuery(settled, searchIsPattern), [settled, searchIsPattern]);
  const searched = useMemo(() => ({ texts: trace.strings, ofFunction: NONE }), [trace]);
  const answer = usePattern(searched, query.kind === 'pattern' ? query.source : undefined);
  const hits = useMemo(() => {
    if (query.kind === 'text') return findHits(trace.strings, query.test);
    return answer?.kind === 'found' ? answer.hits : undefined;
  }, [query, trace, answer]);
  const chosen = useDeferredValue(item);
  const matches = useMemo(() => hits && countMatches(trace.lanes, hits, chosen), [hits, trace, chosen]);
  const isUnanswered = answer?.kind === 'too-slow' || answer?.kind === 'failed';
  return {
    hits,
    matches,
    trouble: query.kind === 'invalid' ? query : isUnanswered ? { kind: answer.kind } : undefined,
  };
}
