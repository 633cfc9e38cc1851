import { useQueries } from '@tanstack/react-query';
import type { Capture, CaptureId } from '#contract';
import { RequestFailed } from '../_data/api.ts';
import { captureQuery } from '../_data/queries.ts';

export type NamedCaptures =
  | { readonly state: 'loading' }
  /** The server knows none of this id. */
  | { readonly state: 'missing'; readonly id: CaptureId }
  | { readonly state: 'failed'; readonly error: unknown; retry(): void }
  | { readonly state: 'ready'; readonly captures: readonly Capture[] };

/** The captures that an address names, in its order. */
export function useCaptures(ids: readonly CaptureId[]): NamedCaptures {
  const queries = useQueries({ queries: ids.map((id) => captureQuery(id)) });
  const failed = queries.findIndex((query) => query.error !== null && query.data === undefined);
  const error = queries[failed]?.error;
  const id = ids[failed];
  if (id !== undefined && error instanceof RequestFailed && (error.status === 404 || error.status === 400))
    return { state: 'missing', id };
  if (error) return { state: 'failed', error, retry: () => void queries[failed]?.refetch() };
  const captures = queries.flatMap(({ data }) => (data === undefined ? [] : [data]));
  return captures.length === ids.length ? { state: 'ready', captures } : { state: 'loading' };
}
