'use client';

import { useMemo } from 'react';
import type { Trace } from '#profile/index.ts';
import { useWords } from '../../_messages/words.tsx';
import { Button } from '../../_ui/button.tsx';
import { type Column, DataTable } from '../../_ui/data-table.tsx';
import { EmptyState } from '../../_ui/states.tsx';
import { printable } from '../flame/function-labels.ts';
import type { NameTotal } from './span-totals.ts';
import type { TraceState } from './trace-state.ts';
import { useTraceWords } from './use-trace-words.ts';

interface NamesTableProps {
  readonly trace: Trace;
  readonly totals: readonly NameTotal[];
  readonly order: TraceState['namesOrder'];
  onOrder(order: TraceState['namesOrder']): void;
  onFind(name: string): void;
}

/** Spans of the time that is selected, by name. */
export function NamesTable({ trace, totals, order, onOrder, onFind }: NamesTableProps) {
  const { f } = useWords();
  const { names: words, micros, unnamed } = useTraceWords();
  const { strings, lanes } = trace;
  const columns = useMemo((): Column<NameTotal>[] => {
    const nameOf = (row: NameTotal) => strings[row.name] ?? '';
    const figure = (id: string, header: string, value: (row: NameTotal) => number): Column<NameTotal> => ({
      id,
      header,
      width: 'w-28',
      numeric: true,
      value,
      cell: (row) => micros(value(row)),
    });
    return [
      figure('total', words.total, (row) => row.totalMicros),
      {
        id: 'count',
        header: words.count,
        width: 'w-24',
        numeric: true,
        value: (row) => row.count,
        cell: (row) => f.number(row.count),
      },
      figure('mean', words.mean, (row) => row.totalMicros / row.count),
      figure('longest', words.longest, (row) => row.longestMicros),
      {
        id: 'name',
        header: words.name,
        value: nameOf,
        cell: (row) => (
          <Button
            small
            look="quiet"
            className="max-w-full"
            aria-label={words.find(printable(nameOf(row)))}
            onClick={() => onFind(nameOf(row))}
          >
            <span className="truncate text-text">{printable(nameOf(row)) || unnamed}</span>
          </Button>
        ),
      },
      {
        id: 'category',
        header: words.category,
        width: 'w-64',
        from: 'lg',
        value: (row) => strings[row.category] ?? '',
        cell: (row) => printable(strings[row.category] ?? ''),
      },
    ];
  }, [strings, words, micros, unnamed, f, onFind]);
  if (totals.length === 0)
    return (
      <EmptyState>{lanes.every(({ spans }) => spans.length === 0) ? words.noneAtAll : words.none}</EmptyState>
    );
  return (
    <DataTable
      caption={words.caption}
      columns={columns}
      rows={totals}
      idOf={(row) => `${row.name} ${row.category}`}
      nameOf={(row) => strings[row.name] ?? ''}
      sort={order}
      onSort={onOrder}
    />
  );
}
