import { queryOptions } from '@tanstack/react-query';
import type { HeapQuery } from '#profile/heap/query/heap-query.ts';
import { RequestFailed } from '../../_data/api.ts';
import { HeapAskFailed, type HeapSource } from './heap-source.ts';

/** Answers that nobody looks at any more are let go soon: a long list has many. */
const KEPT_MS = 60_000;

/** A question to a snapshot, which never changes: it is asked once. */
export function heapQuery<Query extends HeapQuery>(source: HeapSource, query: Query) {
  return queryOptions({
    queryKey: ['heap', source.key, query] as const,
    queryFn: ({ signal }) => source.ask(query, signal),
    gcTime: KEPT_MS,
    retry: (failures, error) => failures < 3 && mayPass(error),
  });
}

/** Whether the same question can be answered another time: a process that ended is started again. */
function mayPass(error: unknown): boolean {
  if (error instanceof HeapAskFailed) return false;
  return !(error instanceof RequestFailed) || error.status === 0 || error.status === 503;
}

/** What workers and the server call a question that cannot be understood. */
const OF_QUESTION: readonly string[] = ['heap-filter-invalid', 'heap-query-invalid'];
const OF_OBJECT: readonly string[] = ['heap-object-unknown'];

/** Whether it is the question that is wrong, a filter as a rule: said at the field where it was written. */
export function isOfQuestion(error: unknown): boolean {
  return hasCode(error, OF_QUESTION);
}

/** Whether it was asked about an object that the snapshot does not have. */
export function isOfObject(error: unknown): boolean {
  return hasCode(error, OF_OBJECT);
}

function hasCode(error: unknown, codes: readonly string[]): boolean {
  return (error instanceof HeapAskFailed || error instanceof RequestFailed) && codes.includes(error.code);
}
