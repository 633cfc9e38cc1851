import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useReducer } from 'react';
import type { HeapAnswer, HeapPage, HeapQuery, HeapRows } from '#profile/heap/query/heap-query.ts';
import { heapQuery } from '../source/heap-query-options.ts';
import type { HeapSource } from '../source/heap-source.ts';
import type { RowPath } from '../state/row-path.ts';
import { PagedTree } from './paged-tree.ts';

export type Ask = <Query extends HeapQuery>(query: Query) => Promise<HeapAnswer<Query>>;

/** What a tree is made of; the same object as long as it is the same tree. */
export interface TreeRows<Row> {
  fetch(path: RowPath, page: HeapPage, ask: Ask): Promise<HeapRows<Row>>;
  keyOf(row: Row): string;
}

/** A tree of what the snapshot answers. Another `rows` begins another tree. */
export function usePagedTree<Row>(
  source: HeapSource,
  rows: TreeRows<Row>,
  open: readonly RowPath[],
): PagedTree<Row> {
  const client = useQueryClient();
  const [, changed] = useReducer((count: number) => count + 1, 0);
  const tree = useMemo(
    () =>
      new PagedTree<Row>(
        {
          fetch: (path, page, signal) => rows.fetch(path, page, askThrough(client, source, signal)),
          keyOf: rows.keyOf,
        },
        changed,
      ),
    [client, source, rows],
  );
  useEffect(() => () => tree.stop(), [tree]);
  useMemo(() => tree.setOpen(open), [tree, open]);
  return tree;
}

/** What was answered before is not asked again; what is given up is told to whoever answers. */
function askThrough(client: QueryClient, source: HeapSource, signal: AbortSignal): Ask {
  return (query) => {
    const options = heapQuery(source, query);
    signal.addEventListener('abort', () => {
      void client.cancelQueries({ queryKey: options.queryKey, exact: true });
    });
    return client.fetchQuery(options);
  };
}
