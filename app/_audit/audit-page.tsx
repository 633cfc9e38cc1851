'use client';

import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { type AuditFilter, auditQuery } from '../_data/audit-queries.ts';
import { useNow } from '../_data/clock.ts';
import { useWords } from '../_messages/words.tsx';
import { Button } from '../_ui/button.tsx';
import { DataTable } from '../_ui/data-table.tsx';
import { FilterField } from '../_ui/filter-field.tsx';
import { NameSelect } from '../_ui/name-select.tsx';
import { PageHeader } from '../_ui/page-header.tsx';
import { EmptyState, FailedState, Skeleton } from '../_ui/states.tsx';
import { text, useUrlState } from '../_ui/url-state.ts';
import { useActColumns } from './act-columns.tsx';
import { ActDetail } from './act-detail.tsx';
import { type Act, actsOf } from './acts.ts';
import { subjectsOf } from './subjects.ts';
import { useAuditWords } from './use-audit-words.ts';
import { useNames } from './use-names.ts';
import { useVerification, VerificationResult, VerifyButton } from './verification.tsx';

const SEARCH = text();
const ACTOR = text();
const ACTION = text();
const OPEN = text();
/** By the time of the intent: the order of the record. */
const AS_RECORDED = { column: '', descending: true };
const MOST_SEARCHED = 100;

/** Who did what. */
export function AuditPage() {
  const audit = useAuditWords();
  const verifying = useVerification();
  // The whole record, whatever the filters: its newest act, and who and what there is to be chosen.
  const newest = useActs({});
  return (
    <div aria-busy={newest.isPending}>
      <PageHeader sentence={<Sentence acts={newest.acts} />} actions={<VerifyButton verifying={verifying} />}>
        <VerificationResult verifying={verifying} />
      </PageHeader>
      <div className="px-4 pb-10">
        {newest.acts?.length === 0 ? (
          <EmptyState>{audit.emptyDetail}</EmptyState>
        ) : (
          <Record known={newest.acts ?? NONE} />
        )}
      </div>
    </div>
  );
}

function useActs(filter: AuditFilter) {
  const query = useInfiniteQuery({ ...auditQuery(filter), placeholderData: keepPreviousData });
  const acts = useMemo(
    () => query.data && actsOf(query.data.pages.flatMap((page) => page.entries)),
    [query.data],
  );
  return { ...query, acts };
}

function Sentence({ acts }: { acts: readonly Act[] | undefined }) {
  const { t } = useWords();
  const audit = useAuditWords();
  const now = useNow();
  const { actionName, subjectName, isService } = useNames();
  if (acts === undefined) return audit.loading;
  const [last] = acts;
  if (last === undefined) return audit.empty;
  const seconds = Math.max(0, Math.floor((now - Date.parse(last.at)) / 1000));
  const [subject] = subjectsOf(last, isService);
  return audit.sentence(
    seconds < 1 ? t.shell.justNow : t.shell.ago(seconds),
    last.actor,
    actionName(last),
    subject === undefined ? '' : subjectName(subject),
    audit.results[last.result],
  );
}

function Record({ known }: { known: readonly Act[] }) {
  const words = useAuditWords();
  const [search, setSearch] = useUrlState('q', SEARCH);
  const [actor, setActor] = useUrlState('actor', ACTOR);
  const [action, setAction] = useUrlState('action', ACTION);
  const [open, setOpen] = useUrlState('open', OPEN);
  const toggle = useCallback((key: string) => setOpen(key === open ? '' : key), [open, setOpen]);
  const found = useActs(filterOf(search, actor, action));
  const { nameOfAction } = useNames();
  const columns = useActColumns(open, toggle);
  return (
    <>
      <div className="flex flex-wrap items-center gap-2 pb-2">
        <FilterField label={words.search} value={search} onChange={setSearch} className="w-full max-w-80" />
        <NameSelect
          label={words.actor}
          all={words.allActors}
          names={known.map((act) => act.actor)}
          value={actor}
          onChange={setActor}
        />
        <NameSelect
          label={words.action}
          all={words.allActions}
          names={known.map((act) => act.action)}
          nameOf={nameOfAction}
          value={action}
          onChange={setAction}
        />
      </div>
      {found.acts === undefined && found.isError && (
        <FailedState error={found.error} retry={() => found.refetch()} />
      )}
      {found.isPending && <Skeleton className="h-6 w-full" />}
      {found.acts !== undefined && (
        <DataTable
          caption={words.caption}
          columns={columns}
          rows={found.acts}
          idOf={idOf}
          nameOf={idOf}
          sort={AS_RECORDED}
          onSort={keepOrder}
          opening={{
            isOpen: (act) => idOf(act) === open,
            detail: (act) => <ActDetail act={act} />,
          }}
        />
      )}
      {found.acts?.length === 0 && <p className="py-4 text-muted">{words.nothing}</p>}
      {found.hasNextPage && (
        <Button className="mt-3" disabled={found.isFetchingNextPage} onClick={() => found.fetchNextPage()}>
          {found.isFetchingNextPage ? words.readingMore : words.more}
        </Button>
      )}
    </>
  );
}

function filterOf(search: string, actor: string, action: string): AuditFilter {
  const searched = search.trim().slice(0, MOST_SEARCHED);
  return {
    ...(searched === '' ? {} : { search: searched }),
    ...(actor === '' ? {} : { actor }),
    ...(action === '' ? {} : { action }),
  };
}

const NONE: never[] = [];
const idOf = (act: Act) => String(act.sequence);
const keepOrder = () => {};
