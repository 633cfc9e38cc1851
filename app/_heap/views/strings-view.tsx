'use client';

import { useQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import type { DuplicateStringRow } from '#profile/heap/query/heap-query.ts';
import type { Explored } from '../explored.ts';
import { BytesCell, NumberCell, ShareCell } from '../grid/cells.tsx';
import { type GridColumn, HeapGrid } from '../grid/heap-grid.tsx';
import { WIDTHS } from '../grid/object-columns.tsx';
import { type TreeRows, usePagedTree } from '../grid/use-paged-tree.ts';
import { inOneLine } from '../in-one-line.ts';
import { heapQuery } from '../source/heap-query-options.ts';
import { listedAnew, selectObject } from '../state/heap-moves.ts';
import { useHeapWords } from '../use-heap-words.ts';
import { FilterLine } from './filter-line.tsx';
import { ListFoot } from './list-foot.tsx';

const NONE_OPEN: readonly (readonly string[])[] = [];

/** Texts that are in memory more than once, by what their copies waste. */
export function StringsView({ source, summary, state, change }: Explored) {
  const words = useHeapWords();
  const filter = state.stringFilter;
  const rows = useMemo<TreeRows<DuplicateStringRow>>(
    () => ({
      keyOf: ({ example }) => String(example),
      fetch: (_, page, ask) => ask({ ask: 'duplicateStrings', filter, page }),
    }),
    [filter],
  );
  const tree = usePagedTree(source, rows, NONE_OPEN);
  const { data: redacted } = useQuery({
    ...heapQuery(source, { ask: 'duplicateStrings', filter: '', page: { offset: 0, limit: 1 } }),
    // It needs the same work, which would go on for this when the list is cancelled.
    enabled: tree.total !== undefined,
  });
  const columns = useColumns(summary.totalBytes);
  const onGo = useCallback(
    (path: readonly string[], { example }: DuplicateStringRow) =>
      change((before) => ({ cursor: path, ...selectObject(before, example) })),
    [change],
  );
  return (
    <>
      <FilterLine
        label={words.strings.filter}
        value={filter}
        error={tree.failure}
        onChange={(stringFilter) => change(listedAnew({ stringFilter }))}
      />
      {redacted !== undefined && redacted.redactedCount > 0 && (
        <p className="max-w-[100ch] shrink-0 text-sm text-muted">
          {words.strings.redacted(redacted.redactedCount, redacted.redactedBytes)}
        </p>
      )}
      <HeapGrid<DuplicateStringRow>
        role="grid"
        label={words.strings.label}
        tree={tree}
        columns={columns}
        cursor={state.cursor}
        scrolledRows={state.scrolledRows}
        doing="strings"
        nothing={filter === '' ? words.nothing.strings : words.nothing.stringsFiltered}
        onGo={onGo}
        onScrolled={(scrolledRows) => change({ scrolledRows })}
        textOf={({ text }) => text}
      />
      <ListFoot
        count={tree.total === undefined ? undefined : words.grid.count.strings(tree.total)}
        hint={words.grid.keysList}
      />
    </>
  );
}

function useColumns(totalBytes: number): readonly GridColumn<DuplicateStringRow, never>[] {
  const { columns, strings } = useHeapWords();
  return useMemo(
    () => [
      {
        id: 'wasted',
        header: columns.wasted,
        title: columns.wastedTitle,
        width: WIDTHS.share,
        cell: ({ wastedBytes }) => <ShareCell bytes={wastedBytes} total={totalBytes} />,
      },
      {
        id: 'total',
        header: columns.total,
        width: WIDTHS.bytes,
        cell: ({ totalBytes: all }) => <BytesCell bytes={all} />,
      },
      {
        id: 'copies',
        header: columns.copies,
        width: WIDTHS.count,
        cell: ({ count }) => <NumberCell value={count} />,
      },
      {
        id: 'text',
        header: columns.text,
        isText: true,
        cell: ({ text, isBeginning }) => (
          <span className="block truncate font-mono text-sm">
            {isBeginning && (
              <span className="pr-1 font-sans text-muted" title={strings.beginningTitle}>
                {strings.beginning}
              </span>
            )}
            {inOneLine(text)}
          </span>
        ),
      },
    ],
    [columns, strings, totalBytes],
  );
}
