'use client';

import { useCallback, useMemo } from 'react';
import type { HeapObjectRow, HeapObjectSort } from '#profile/heap/query/heap-query.ts';
import type { Explored } from '../explored.ts';
import { HeapGrid } from '../grid/heap-grid.tsx';
import { useObjectColumns } from '../grid/object-columns.tsx';
import { type TreeRows, usePagedTree } from '../grid/use-paged-tree.ts';
import { listedAnew, openRow, selectObject } from '../state/heap-moves.ts';
import { useHeapWords } from '../use-heap-words.ts';
import { FootButton, ListFoot } from './list-foot.tsx';

/** The heap as a tree of what alone keeps what alive, the heaviest first. */
export function DominatorsView({ source, summary, state, change }: Explored) {
  const words = useHeapWords();
  const { objectOrder: order } = state;
  const rows = useMemo<TreeRows<HeapObjectRow>>(
    () => ({
      keyOf: ({ id }) => String(id),
      fetch: (path, page, ask) => {
        const above = path.at(-1);
        return ask({
          ask: 'dominated',
          ...(above === undefined ? {} : { object: Number(above) }),
          order,
          page,
        });
      },
    }),
    [order],
  );
  const open = state.open.dominators;
  const tree = usePagedTree(source, rows, open);
  const columns = useObjectColumns(summary.totalBytes);
  const onGo = useCallback(
    (path: readonly string[], { id }: HeapObjectRow) =>
      change((before) => ({ cursor: path, ...selectObject(before, id) })),
    [change],
  );
  return (
    <>
      <HeapGrid<HeapObjectRow, HeapObjectSort>
        role="treegrid"
        label={words.dominators.label}
        tree={tree}
        columns={columns}
        order={order}
        cursor={state.cursor}
        scrolledRows={state.scrolledRows}
        nothing={words.nothing.dominators}
        onOrder={(objectOrder) => change(listedAnew({ objectOrder }))}
        onGo={onGo}
        onOpen={(path, isOpen) => change((before) => openRow(before, 'dominators', path, isOpen))}
        onScrolled={(scrolledRows) => change({ scrolledRows })}
        opens={({ dominatedCount }) => dominatedCount > 0}
        textOf={({ label }) => label}
      />
      <ListFoot hint={words.grid.keysTree}>
        {open.length > 0 && (
          <FootButton onClick={() => change({ open: { ...state.open, dominators: [] } })}>
            {words.grid.closeAll}
          </FootButton>
        )}
      </ListFoot>
    </>
  );
}
