'use client';

import { useMemo } from 'react';
import type { Trace } from '#profile/index.ts';
import { Button } from '../../_ui/button.tsx';
import { type Column, DataTable } from '../../_ui/data-table.tsx';
import { EmptyState } from '../../_ui/states.tsx';
import { type Times, timesOf } from './items.ts';
import type { Item, TraceState } from './trace-state.ts';
import { type ItemFacts, useItemWords } from './use-item-words.ts';
import { useTraceWords } from './use-trace-words.ts';

interface SpanRow {
  readonly id: string;
  readonly item: Item;
  readonly times: Times;
  readonly facts: ItemFacts;
}

interface SpansTableProps {
  readonly trace: Trace;
  readonly items: readonly Item[];
  readonly order: TraceState['longestOrder'];
  onOrder(order: TraceState['longestOrder']): void;
  onShow(item: Item): void;
}

/** The longest spans of the time that is selected; each can be looked at in the timeline. */
export function SpansTable({ trace, items, order, onOrder, onShow }: SpansTableProps) {
  const { spans: words } = useTraceWords();
  const { factsOf } = useItemWords(trace);
  const rows = useMemo(
    () =>
      items.flatMap((item): SpanRow[] => {
        const [times, facts] = [timesOf(trace.lanes, item), factsOf(item)];
        return times && facts ? [{ id: `${item.lane}.${item.row}`, item, times, facts }] : [];
      }),
    [items, trace, factsOf],
  );
  const columns = useSpanColumns(trace, onShow);
  if (rows.length === 0) return <EmptyState>{words.none}</EmptyState>;
  return (
    <DataTable
      caption={words.caption}
      columns={columns}
      rows={rows}
      idOf={(row) => row.id}
      nameOf={(row) => row.facts.name}
      sort={order}
      onSort={onOrder}
    />
  );
}

function useSpanColumns({ startMicros: began }: Trace, onShow: (item: Item) => void): Column<SpanRow>[] {
  const { spans: words, exactly } = useTraceWords();
  return useMemo(
    () => [
      {
        id: 'took',
        header: words.took,
        width: 'w-28',
        numeric: true,
        value: ({ times }) => times.endMicros - times.startMicros,
        cell: ({ facts }) => facts.took,
      },
      {
        id: 'at',
        header: words.at,
        width: 'w-32',
        numeric: true,
        value: ({ times }) => times.startMicros,
        cell: ({ times }) => exactly(times.startMicros - began),
      },
      {
        id: 'name',
        header: words.name,
        value: ({ facts }) => facts.name,
        cell: ({ item, facts }) => (
          <Button
            small
            look="quiet"
            className="max-w-full"
            aria-label={words.show(facts.name)}
            onClick={() => onShow(item)}
          >
            <span className="truncate text-text">{facts.name}</span>
          </Button>
        ),
      },
      {
        id: 'thread',
        header: words.thread,
        width: 'w-40',
        value: ({ facts }) => facts.thread,
        cell: ({ facts }) => facts.thread,
      },
      {
        id: 'category',
        header: words.category,
        width: 'w-56',
        from: 'lg',
        value: ({ facts }) => facts.category,
        cell: ({ facts }) => facts.category,
      },
    ],
    [words, exactly, began, onShow],
  );
}
