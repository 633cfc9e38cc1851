import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { AuditList, AuditVerification } from '#contract';
import { getJson } from './api.ts';

/** What the server filters the audit by. */
export interface AuditFilter {
  search?: string;
  actor?: string;
  action?: string;
}

const ENTRIES_PER_PAGE = 200;
const REFRESH_MS = 5000;

/** Kept fresh while its first page is all that is shown: who reads older ones wants them to stand still. */
export const auditQuery = (filter: AuditFilter = {}) =>
  infiniteQueryOptions({
    queryKey: ['audit', filter],
    queryFn: ({ signal, pageParam }) =>
      getJson<AuditList>(
        `/audit?${new URLSearchParams({
          ...filter,
          limit: String(ENTRIES_PER_PAGE),
          ...(pageParam === null ? {} : { before: String(pageParam) }),
        })}`,
        signal,
      ),
    initialPageParam: null as number | null,
    getNextPageParam: (last) => last.nextBefore,
    refetchInterval: (query) => ((query.state.data?.pages.length ?? 0) > 1 ? false : REFRESH_MS),
    staleTime: REFRESH_MS,
  });

/** Computes the whole chain: asked for when somebody wants to know, and not once more by itself. */
export const verificationQuery = () =>
  queryOptions({
    queryKey: ['audit-verification'],
    queryFn: ({ signal }) => getJson<AuditVerification>('/audit/verify', signal),
    retry: false,
    gcTime: 0,
  });
