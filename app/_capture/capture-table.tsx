'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { useCallback, useMemo, useState } from 'react';
import type { Capture } from '#contract';
import { type CaptureFilter, capturesQuery } from '../_data/queries.ts';
import { useWords } from '../_messages/words.tsx';
import { DataTable } from '../_ui/data-table.tsx';
import { EmptyState, FailedState, Skeleton } from '../_ui/states.tsx';
import { sort, useUrlState } from '../_ui/url-state.ts';
import { useCaptureColumns } from './capture-columns.tsx';
import { captureMoment } from './moment.ts';
import { SetActions } from './set-actions.tsx';
import { StartedTogether } from './started-together.tsx';

const SORT = sort({ column: 'requested', descending: true });

/** Captures of the given filter, with the columns that the place they are shown in does not say already. */
export function CaptureTable({
  filter,
  within,
  isShown,
}: {
  filter: CaptureFilter;
  within: 'all' | 'service' | 'instance';
  isShown?: (capture: Capture) => boolean;
}) {
  const { t, f } = useWords();
  const [order, setOrder] = useUrlState('sort', SORT);
  const captures = useInfiniteQuery(capturesQuery(filter));
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = captures;
  const columns = useCaptureColumns(within);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const all = useMemo(() => captures.data?.pages.flatMap((page) => page.captures) ?? [], [captures.data]);
  const rows = useMemo(() => (isShown === undefined ? all : all.filter(isShown)), [all, isShown]);
  const onEnd = useCallback(() => void fetchNextPage(), [fetchNextPage]);
  if (captures.data === undefined)
    return captures.isError ? (
      <FailedState error={captures.error} retry={() => captures.refetch()} />
    ) : (
      <div className="flex flex-col gap-3 pt-3">
        <Skeleton className="h-6 w-full" />
        <Skeleton className="h-6 w-11/12" />
      </div>
    );
  const isEmpty = captures.data.pages.every((page) => page.captures.length === 0);
  if (isEmpty)
    return within === 'all' && Object.keys(filter).length === 0 ? (
      <EmptyState title={t.capture.list.empty}>{t.capture.list.emptyDetail}</EmptyState>
    ) : (
      <EmptyState title={within === 'all' ? t.shell.table.nothingMatches : t.capture.list.emptyHere} />
    );
  // What was deleted or filtered away meanwhile is not chosen any more: nobody sees that it is.
  const chosen = rows.filter(({ id }) => selected.has(id));
  return (
    <>
      {filter.since !== undefined && !hasNextPage && <StartedTogether captures={all} />}
      {all.length > 1 && <SetActions chosen={chosen} clear={() => setSelected(new Set())} />}
      <DataTable
        caption={t.capture.list.caption}
        columns={columns}
        rows={rows}
        idOf={idOf}
        nameOf={(capture) =>
          `${t.capture.titleOf(t.capture.kinds[capture.kind].term, capture.instanceName)}, ${captureMoment(capture, f)}`
        }
        sort={order}
        onSort={setOrder}
        selection={{ ids: new Set(chosen.map(idOf)), change: setSelected }}
        onEnd={hasNextPage && !isFetchingNextPage ? onEnd : undefined}
        isFaded={(capture) => capture.status.state === 'cancelled'}
      />
      {rows.length === 0 && !hasNextPage && <p className="py-4 text-muted">{t.shell.table.nothingMatches}</p>}
      {isFetchingNextPage && <p className="py-2 text-muted">{t.shell.table.loadingMore}</p>}
    </>
  );
}

const idOf = (capture: Capture) => capture.id;
