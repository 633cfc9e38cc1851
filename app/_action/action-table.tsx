'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import type { Action } from '#contract';
import { type ActionFilter, actionsQuery } from '../_data/queries.ts';
import { useWords } from '../_messages/words.tsx';
import { DataTable } from '../_ui/data-table.tsx';
import { EmptyState, FailedState, Skeleton } from '../_ui/states.tsx';
import { sort, useUrlState } from '../_ui/url-state.ts';
import { useActionColumns } from './action-columns.tsx';

const SORT = sort({ column: 'requested', descending: true });

/** Actions of the given filter, with the columns that the place they are shown in does not say already. */
export function ActionTable({
  filter,
  within,
  isShown,
}: {
  filter: ActionFilter;
  within: 'all' | 'service' | 'instance';
  isShown?: (action: Action) => boolean;
}) {
  const { t } = useWords();
  // Beside a list of captures on the same page, each keeps its own order.
  const [order, setOrder] = useUrlState(within === 'all' ? 'sort' : 'actions', SORT);
  const actions = useInfiniteQuery(actionsQuery(filter));
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = actions;
  const columns = useActionColumns(within);
  const rows = useMemo(() => {
    const all = actions.data?.pages.flatMap((page) => page.actions) ?? [];
    return isShown === undefined ? all : all.filter(isShown);
  }, [actions.data, isShown]);
  const onEnd = useCallback(() => void fetchNextPage(), [fetchNextPage]);
  if (actions.data === undefined)
    return actions.isError ? (
      <FailedState error={actions.error} retry={() => actions.refetch()} />
    ) : (
      <div className="flex flex-col gap-3 pt-3">
        <Skeleton className="h-6 w-full" />
        <Skeleton className="h-6 w-11/12" />
      </div>
    );
  const isEmpty = actions.data.pages.every((page) => page.actions.length === 0);
  if (isEmpty)
    return within === 'all' && Object.keys(filter).length === 0 ? (
      <EmptyState title={t.action.list.empty}>{t.action.list.emptyDetail}</EmptyState>
    ) : (
      <p className="py-2 text-muted">
        {within === 'all' ? t.shell.table.nothingMatches : t.action.list.emptyHere}
      </p>
    );
  return (
    <>
      <DataTable
        caption={t.action.list.caption}
        columns={columns}
        rows={rows}
        idOf={idOf}
        nameOf={idOf}
        sort={order}
        onSort={setOrder}
        onEnd={hasNextPage && !isFetchingNextPage ? onEnd : undefined}
        isFaded={(action) => action.status.state === 'cancelled'}
      />
      {rows.length === 0 && !hasNextPage && <p className="py-4 text-muted">{t.shell.table.nothingMatches}</p>}
      {isFetchingNextPage && <p className="py-2 text-muted">{t.shell.table.loadingMore}</p>}
    </>
  );
}

const idOf = (action: Action) => action.id;
