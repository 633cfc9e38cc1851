'use client';

import { useMemo } from 'react';
import type { Activity } from '#profile/index.ts';
import { useWords } from '../../_messages/words.tsx';
import { Button } from '../../_ui/button.tsx';
import { DataTable } from '../../_ui/data-table.tsx';
import { FilterField } from '../../_ui/filter-field.tsx';
import { NameSelect } from '../../_ui/name-select.tsx';
import { Section } from '../../_ui/section.tsx';
import { EmptyState } from '../../_ui/states.tsx';
import { sort, text, type UrlCodec, useUrlState } from '../../_ui/url-state.ts';
import { usePendingColumns } from './pending-columns.tsx';
import { countOf, isMatch, oldestOf, type PendingRow, rowsOf } from './pending-rows.ts';
import { StackFrames } from './stack-frames.tsx';
import { useActivityWords } from './use-activity-words.ts';

const FILTER = text();
const TYPE = text();
const SORT = sort({ column: 'count', descending: true });
/** The rows that are open, by their place in the artifact. */
const OPEN: UrlCodec<readonly string[]> = {
  parse: (value) => (/^\d{1,5}(-\d{1,5}){0,99}$/.test(value) ? value.split('-') : undefined),
  format: (ids) => ids.join('-'),
  fallback: [],
};

/** What has begun and not ended, grouped by where it was begun; each group opens to its stack. */
export function PendingTable({ activity }: { activity: Activity }) {
  const { f } = useWords();
  const { pending: words } = useActivityWords();
  const [typed, setTyped] = useUrlState('q', FILTER);
  const [type, setType] = useUrlState('type', TYPE);
  const [order, setOrder] = useUrlState('sort', SORT);
  const [open, setOpen] = useUrlState('open', OPEN);
  const rows = useMemo(() => rowsOf(activity), [activity]);
  const shown = useMemo(() => rows.filter((row) => isMatch(row, typed, type)), [rows, typed, type]);
  const isOpen = (row: PendingRow) => open.includes(row.id);
  const toggle = (row: PendingRow) =>
    setOpen(isOpen(row) ? open.filter((id) => id !== row.id) : [...open, row.id]);
  const columns = usePendingColumns(isOpen, toggle);
  if (rows.length === 0)
    return (
      <Section title={words.title}>
        <EmptyState title={words.none}>{words.noneDetail(f.milliseconds(activity.watchedMs))}</EmptyState>
      </Section>
    );
  const all = countOf(rows);
  const oldest = oldestOf(rows);
  return (
    <Section title={words.title}>
      <div className="flex flex-wrap items-center gap-2 pt-2 pb-1">
        <FilterField label={words.filter} value={typed} onChange={setTyped} className="w-72 max-sm:w-full" />
        <NameSelect
          label={words.type}
          all={words.allTypes}
          names={rows.map((row) => row.type)}
          nameOf={(name) => words.types[name] ?? name}
          value={type}
          onChange={setType}
        />
        <p role="status" className="figures text-muted">
          {shown.length === rows.length
            ? words.sentence(all, rows.length, oldest === undefined ? undefined : f.milliseconds(oldest))
            : words.shown(countOf(shown), all)}
        </p>
      </div>
      {shown.length === 0 ? (
        <EmptyState>
          {words.noMatch}{' '}
          <Button
            small
            onClick={() => {
              setTyped('');
              setType('');
            }}
          >
            {words.showAll}
          </Button>
        </EmptyState>
      ) : (
        <DataTable
          caption={words.caption}
          columns={columns}
          rows={shown}
          idOf={(row) => row.id}
          nameOf={(row) => row.resource}
          sort={order}
          onSort={setOrder}
          opening={{ isOpen, detail: (row) => <Detail row={row} /> }}
        />
      )}
    </Section>
  );
}

function Detail({ row: { stack } }: { row: PendingRow }) {
  const { pending: words } = useActivityWords();
  if (stack === null) return <p className="pl-5 text-muted">{words.earlierDetail}</p>;
  return (
    <div className="pl-5">
      <StackFrames frames={stack} />
    </div>
  );
}
