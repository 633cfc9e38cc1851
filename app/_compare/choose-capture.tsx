'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { Capture } from '#contract';
import { comparableWith, differencesOf } from '../_capture/capture-sets.ts';
import { isSampled } from '../_capture/kinds.ts';
import { captureMoment } from '../_capture/moment.ts';
import { reasonOf } from '../_capture/set-actions.tsx';
import { type CaptureFilter, capturesQuery } from '../_data/queries.ts';
import { useWords } from '../_messages/words.tsx';
import { buttonClass } from '../_ui/button.tsx';
import { classNames } from '../_ui/class-names.ts';
import { type Column, DataTable } from '../_ui/data-table.tsx';
import { FilterField } from '../_ui/filter-field.tsx';
import { Link } from '../_ui/link.tsx';
import { matches } from '../_ui/match.ts';
import { EmptyState, FailedState, Skeleton } from '../_ui/states.tsx';
import { Moment } from '../_ui/timestamp.tsx';
import type { SortState } from '../_ui/url-state.ts';
import { useCompareWords } from './use-compare-words.ts';

interface ChooseCaptureProps {
  /** What it is compared with; undefined while nothing is chosen. */
  readonly known: Capture | undefined;
  hrefOf(picked: Capture): string;
}

/** Captures that can be chosen, the likely ones first: of the same service, the newest. */
export function ChooseCapture({ known, hrefOf }: ChooseCaptureProps) {
  const { t } = useWords();
  const { choose: words } = useCompareWords();
  const filter = useMemo<CaptureFilter>(() => (known === undefined ? {} : { kind: known.kind }), [known]);
  const query = useInfiniteQuery(capturesQuery(filter));
  const [typed, setTyped] = useState('');
  const [order, setOrder] = useState<SortState>({ column: 'likely', descending: false });
  const columns = useColumns(known, hrefOf);
  const offered = useMemo(() => {
    const all = query.data?.pages.flatMap((page) => page.captures) ?? [];
    return known === undefined
      ? all.filter(({ kind, artifact }) => isSampled(kind) && artifact !== null)
      : comparableWith(known, all);
  }, [query.data, known]);
  if (known !== undefined && !isSampled(known.kind))
    return <EmptyState>{reasonOf({ state: 'not-sampled', kind: known.kind }, 1, t)}</EmptyState>;
  if (query.data === undefined)
    return query.isError ? (
      <FailedState error={query.error} retry={() => query.refetch()} />
    ) : (
      <Skeleton className="h-40 w-full" />
    );
  if (offered.length === 0)
    return (
      <EmptyState title={known ? words.none : words.nothing}>
        {known ? words.noneDetail(t.capture.kinds[known.kind].term) : words.nothingDetail}
      </EmptyState>
    );
  const shown = offered.filter(
    (capture) =>
      typed === '' ||
      matches(typed, capture.service, capture.instanceName, capture.serviceVersion, capture.note, capture.id),
  );
  return (
    <>
      <FilterField label={words.filter} value={typed} onChange={setTyped} className="mb-2 w-full max-w-72" />
      <DataTable
        caption={words.list}
        columns={columns}
        rows={shown}
        idOf={idOf}
        nameOf={idOf}
        sort={order}
        onSort={setOrder}
        onEnd={query.hasNextPage && !query.isFetchingNextPage ? () => void query.fetchNextPage() : undefined}
      />
      {shown.length === 0 && <p className="py-4 text-muted">{words.nothingMatches}</p>}
    </>
  );
}

const idOf = (capture: Capture) => capture.id;

function useColumns(known: Capture | undefined, hrefOf: ChooseCaptureProps['hrefOf']): Column<Capture>[] {
  const { t, f } = useWords();
  const { choose: words } = useCompareWords();
  return useMemo(() => {
    const titleOf = (capture: Capture) =>
      `${t.capture.titleOf(t.capture.kinds[capture.kind].term, capture.instanceName)}, ${captureMoment(capture, f)}`;
    const columns: (Column<Capture> & { omitted?: boolean })[] = [
      {
        id: 'requested',
        header: words.columns.requested,
        width: 'w-34',
        value: (capture) => Date.parse(capture.requestedAt),
        cell: (capture) => <Moment at={capture.requestedAt} />,
      },
      {
        id: 'kind',
        header: words.columns.kind,
        width: 'w-36',
        omitted: known !== undefined,
        value: (capture) => t.capture.kinds[capture.kind].term,
        cell: (capture) => t.capture.kinds[capture.kind].term,
      },
      {
        id: 'service',
        header: words.columns.service,
        value: (capture) => capture.service,
        cell: (capture) => capture.service,
      },
      {
        id: 'instance',
        header: words.columns.instance,
        value: (capture) => capture.instanceName,
        cell: (capture) => capture.instanceName,
      },
      {
        id: 'version',
        header: words.columns.version,
        width: 'w-24',
        value: (capture) => capture.serviceVersion,
        cell: (capture) => capture.serviceVersion,
      },
      {
        id: 'differs',
        header: words.columns.differs,
        omitted: known === undefined,
        cell: (capture) => <span className="text-muted">{known && differsIn(capture, known)}</span>,
      },
      {
        id: 'duration',
        header: words.columns.duration,
        width: 'w-24',
        from: 'md',
        numeric: true,
        value: (capture) => capture.artifact?.recordedSeconds ?? capture.durationSeconds,
        cell: (capture) => f.duration(capture.artifact?.recordedSeconds ?? capture.durationSeconds),
      },
      {
        id: 'pick',
        header: words.columns.pick,
        width: 'w-26',
        cell: (capture) => (
          <Link
            href={hrefOf(capture)}
            className={classNames(buttonClass('plain', true), 'float-right')}
            aria-label={known ? words.pick(titleOf(capture)) : words.pickFirst(titleOf(capture))}
          >
            {known ? words.pickShort : words.pickFirstShort}
          </Link>
        ),
      },
    ];
    const differsIn = (capture: Capture, other: Capture) => {
      const names = differencesOf(capture, other).map((name) => words.differs[name]);
      return names.length === 0 ? words.differsInTime : f.list(names);
    };
    return columns.filter(({ omitted }) => omitted !== true);
  }, [known, hrefOf, t, f, words]);
}
