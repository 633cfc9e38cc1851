'use client';

import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useMemo } from 'react';
import type { InstanceId, Resource } from '#contract';
import { resourceDetailQuery } from '../_data/resource-queries.ts';
import { useWords } from '../_messages/words.tsx';
import { DataTable } from '../_ui/data-table.tsx';
import { Skeleton, sentenceOf } from '../_ui/states.tsx';
import { sort, useUrlState } from '../_ui/url-state.ts';
import { useSecondsSince } from './age.tsx';
import { conditionRank, type ListedItem, useItemColumns } from './item-columns.tsx';

const SORT = sort({ column: 'state', descending: false });

export interface ResourceItemsProps {
  instanceId: InstanceId;
  instanceName: string;
  resource: Resource;
  /** What can be done about it, where the screen is too narrow for it to stand in the row. */
  actions: ReactNode;
}

/** What is in a resource, read from its instance again and again while this is shown. */
export default function ResourceItems({ instanceId, instanceName, resource, actions }: ResourceItemsProps) {
  const { t } = useWords();
  const words = t.resources.items;
  const detail = useQuery(resourceDetailQuery(instanceId, resource.id));
  const [order, setOrder] = useUrlState('items', SORT);
  const { data } = detail;
  const columns = useItemColumns(data?.items ?? NONE);
  // Those that are alike stand in the order of their names, whatever the table sorts by.
  const items = useMemo(
    () =>
      (data?.items ?? NONE).toSorted(
        (a, b) =>
          conditionRank(a) - conditionRank(b) ||
          a.name.localeCompare(b.name, undefined, { numeric: true }) ||
          a.id.localeCompare(b.id),
      ),
    [data],
  );
  return (
    <div aria-busy={detail.isPending} className="sm:pl-5">
      <p className="max-w-[100ch] pb-1.5 text-muted [overflow-wrap:anywhere]">
        {resource.finding?.sentence ?? resource.description}
      </p>
      <div className="pb-1.5 empty:hidden md:hidden">{actions}</div>
      {detail.isError && <NotRead error={detail.error} since={data?.at ?? null} numbersAt={resource.at} />}
      {detail.isPending && (
        <>
          <span className="sr-only">{words.reading}</span>
          <Skeleton className="h-6 w-full" />
        </>
      )}
      {data !== undefined && data.items.length === 0 && <p className="py-1.5 text-muted">{words.none}</p>}
      {data !== undefined && data.items.length > 0 && (
        <div
          data-live={detail.isError ? undefined : ''}
          className={detail.isError ? 'text-muted' : undefined}
        >
          <DataTable
            caption={words.caption(resource.name, instanceName)}
            columns={columns}
            rows={items}
            idOf={idOf}
            nameOf={nameOf}
            sort={order}
            onSort={setOrder}
            isInner
          />
          {data.itemCount > items.length && (
            <p className="py-1.5 text-muted">{words.cut(items.length, data.itemCount)}</p>
          )}
        </div>
      )}
    </div>
  );
}

/** Why the instance cannot be looked into, and how old is what is known of it. */
function NotRead({
  error,
  since,
  numbersAt,
}: {
  error: unknown;
  since: string | null;
  numbersAt: string | null;
}) {
  const { t } = useWords();
  const words = t.resources.items;
  const listSeconds = useSecondsSince(since);
  const numberSeconds = useSecondsSince(numbersAt);
  const age =
    listSeconds !== null
      ? words.listFrom(listSeconds)
      : numberSeconds === null
        ? ''
        : words.numbersFrom(numberSeconds);
  return (
    <p className="mb-2 border-l-2 border-attention bg-attention-surface px-3 py-1.5 [overflow-wrap:anywhere]">
      <span role="alert">{sentenceOf(error, t)}</span> {age}
    </p>
  );
}

const NONE: never[] = [];
const idOf = (item: ListedItem) => item.id;
const nameOf = (item: ListedItem) => item.name;
