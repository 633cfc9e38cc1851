'use client';

import { useCallback, useMemo } from 'react';
import type { HeapObjectRow, HeapObjectSort } from '#profile/heap/query/heap-query.ts';
import type { Explored } from '../explored.ts';
import { HeapGrid } from '../grid/heap-grid.tsx';
import { useObjectColumns } from '../grid/object-columns.tsx';
import { type TreeRows, usePagedTree } from '../grid/use-paged-tree.ts';
import { listedAnew, selectObject } from '../state/heap-moves.ts';
import { useHeapWords } from '../use-heap-words.ts';
import { FilterLine } from './filter-line.tsx';
import { ListFoot } from './list-foot.tsx';

const NONE_OPEN: readonly (readonly string[])[] = [];

/** All objects that match, by the filter language. */
export function SearchView({ source, summary, state, change }: Explored) {
  const words = useHeapWords();
  const { search: filter, objectOrder: order } = state;
  const rows = useMemo<TreeRows<HeapObjectRow>>(
    () => ({
      keyOf: ({ id }) => String(id),
      fetch: (_, page, ask) => ask({ ask: 'objects', filter, order, page }),
    }),
    [filter, order],
  );
  const tree = usePagedTree(source, rows, NONE_OPEN);
  const columns = useObjectColumns(summary.totalBytes);
  const onGo = useCallback(
    (path: readonly string[], { id }: HeapObjectRow) =>
      change((before) => ({ cursor: path, ...selectObject(before, id) })),
    [change],
  );
  return (
    <>
      <FilterLine
        label={words.search.filter}
        value={filter}
        hint={<SearchHint />}
        error={tree.failure}
        onChange={(search) => change(listedAnew({ search }))}
      />
      <HeapGrid<HeapObjectRow, HeapObjectSort>
        role="grid"
        label={words.search.label}
        tree={tree}
        columns={columns}
        order={order}
        cursor={state.cursor}
        scrolledRows={state.scrolledRows}
        doing="objects"
        nothing={words.nothing.objects}
        onOrder={(objectOrder) => change(listedAnew({ objectOrder }))}
        onGo={onGo}
        onScrolled={(scrolledRows) => change({ scrolledRows })}
        textOf={({ label }) => label}
      />
      <ListFoot
        count={tree.total === undefined ? undefined : words.grid.count.objects(tree.total)}
        hint={words.grid.keysList}
      />
    </>
  );
}

/** What can be asked, by an example of each. */
function SearchHint() {
  const { search } = useHeapWords();
  return (
    <>
      {search.hint}{' '}
      {search.examples.map((example) => (
        <code key={example} className="mr-2 whitespace-nowrap font-mono text-text">
          {example}
        </code>
      ))}
    </>
  );
}
