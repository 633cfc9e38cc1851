'use client';

import { useMemo } from 'react';
import type { Trace, TraceSpan } from '#profile/index.ts';
import { Button } from '../../_ui/button.tsx';
import { type Column, DataTable } from '../../_ui/data-table.tsx';
import { FilterField } from '../../_ui/filter-field.tsx';
import { Section } from '../../_ui/section.tsx';
import { EmptyState } from '../../_ui/states.tsx';
import { sort, text, useUrlState } from '../../_ui/url-state.ts';
import { printable } from '../flame/function-labels.ts';
import { useTraceWords } from './use-trace-words.ts';

const FILTER = text();
const SORT = sort({ column: 'took', descending: true });

interface SpanRow extends TraceSpan {
  readonly id: string;
}

type Show = (startMicros: number, durationMicros: number) => void;

/** The longest events; each can be looked at in the timeline. */
export function SpansTable({ trace, onShow }: { trace: Trace; onShow: Show }) {
  const { spans: words } = useTraceWords();
  const [typed, setTyped] = useUrlState('q', FILTER);
  const [order, setOrder] = useUrlState('sort', SORT);
  const rows = useMemo(
    () => trace.longestSpans.map((span, index): SpanRow => ({ ...span, id: String(index) })),
    [trace],
  );
  const wanted = typed.toLowerCase();
  const shown = rows.filter(({ name, category, thread }) =>
    [name, category, thread].some((value) => value.toLowerCase().includes(wanted)),
  );
  const columns = useSpanColumns(trace, onShow);
  return (
    <Section title={words.title}>
      {rows.length === 0 ? (
        <EmptyState>{words.none}</EmptyState>
      ) : (
        <>
          <div className="pt-2 pb-1">
            <FilterField
              label={words.filter}
              value={typed}
              onChange={setTyped}
              className="w-72 max-sm:w-full"
            />
          </div>
          {shown.length === 0 ? (
            <EmptyState>{words.noMatch}</EmptyState>
          ) : (
            <DataTable
              caption={words.caption}
              columns={columns}
              rows={shown}
              idOf={(row) => row.id}
              nameOf={(row) => row.name}
              sort={order}
              onSort={setOrder}
            />
          )}
        </>
      )}
    </Section>
  );
}

function useSpanColumns({ startMicros: began }: Trace, onShow: Show): Column<SpanRow>[] {
  const { spans: words, micros } = useTraceWords();
  return useMemo(
    () => [
      {
        id: 'took',
        header: words.took,
        width: 'w-24',
        numeric: true,
        value: (row) => row.durationMicros,
        cell: (row) => micros(row.durationMicros),
      },
      {
        id: 'at',
        header: words.at,
        width: 'w-24',
        numeric: true,
        value: (row) => row.startMicros,
        cell: (row) => micros(row.startMicros - began),
      },
      {
        id: 'name',
        header: words.name,
        value: (row) => row.name,
        cell: (row) => (
          <Button
            small
            aria-label={words.show(printable(row.name))}
            onClick={() => onShow(row.startMicros, row.durationMicros)}
          >
            {printable(row.name)}
          </Button>
        ),
      },
      {
        id: 'thread',
        header: words.thread,
        width: 'w-40',
        value: (row) => row.thread,
        cell: (row) => printable(row.thread),
      },
      {
        id: 'category',
        header: words.category,
        width: 'w-56',
        from: 'lg',
        value: (row) => row.category,
        cell: (row) => printable(row.category),
      },
    ],
    [words, micros, began, onShow],
  );
}
