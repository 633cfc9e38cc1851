'use client';

import { useCallback, useMemo, useState } from 'react';
import type { HeapRetainerPathChange } from '#profile/heap/query/heap-query.ts';
import { useWords } from '../../_messages/words.tsx';
import type { Explored } from '../explored.ts';
import { ChangeCell, NumberCell } from '../grid/cells.tsx';
import { type GridColumn, HeapGrid } from '../grid/heap-grid.tsx';
import { type TreeRows, usePagedTree } from '../grid/use-paged-tree.ts';
import { inOneLine } from '../in-one-line.ts';
import { openRow, selectObject } from '../state/heap-moves.ts';
import type { RowPath } from '../state/row-path.ts';
import { useHeapWords } from '../use-heap-words.ts';
import { HeldBy } from './held-by.tsx';

/** Who holds a class, in both snapshots: what holds more than before stands first. Needs no ids. */
export function HolderChanges({ source, state, change, className }: Explored & { className: string }) {
  const { compare: words, nothing } = useHeapWords();
  const [cursor, setCursor] = useState<RowPath>();
  const rows = useMemo<TreeRows<HeapRetainerPathChange>>(
    () => ({
      keyOf: ({ key }) => key,
      fetch: (path, page, ask) => ask({ ask: 'compareRetainerPaths', className, path, page }),
    }),
    [className],
  );
  const tree = usePagedTree(source, rows, state.open.changes);
  const columns = useColumns();
  const onGo = useCallback(
    (path: RowPath, { example }: HeapRetainerPathChange) => {
      setCursor(path);
      // What nothing holds this way any more is not in the snapshot that the panel asks.
      if (example !== undefined) change((before) => selectObject(before, example.id));
    },
    [change],
  );
  return (
    <HeapGrid<HeapRetainerPathChange>
      role="treegrid"
      label={words.whatHolds(inOneLine(className))}
      tree={tree}
      columns={columns}
      cursor={cursor}
      doing="holders"
      nothing={nothing.holders}
      opens={(row) => row.opens}
      textOf={(row) => row.className}
      onGo={onGo}
      onOpen={(path, isOpen) => change((before) => openRow(before, 'changes', path, isOpen))}
    />
  );
}

function useColumns(): readonly GridColumn<HeapRetainerPathChange, never>[] {
  const { f } = useWords();
  const { columns } = useHeapWords();
  return useMemo(
    () => [
      {
        id: 'moreBytes',
        header: columns.more,
        title: columns.moreHeldTitle,
        width: 'w-24',
        cell: ({ heldBytesBefore, heldBytesAfter }) => (
          <ChangeCell before={heldBytesBefore} after={heldBytesAfter} format={f.bytes} />
        ),
      },
      {
        id: 'bytes',
        header: columns.holdsNow,
        title: columns.heldTitle,
        width: 'w-24 max-xl:hidden',
        cell: ({ heldBytesAfter }) => <span className="px-2 text-muted">{f.bytes(heldBytesAfter)}</span>,
      },
      {
        id: 'moreCount',
        header: columns.moreCount,
        title: columns.moreHeldCountTitle,
        width: 'w-20',
        cell: ({ heldCountBefore, heldCountAfter }) => (
          <ChangeCell before={heldCountBefore} after={heldCountAfter} format={f.number} />
        ),
      },
      {
        id: 'before',
        header: columns.before,
        title: columns.heldBeforeTitle,
        width: 'w-20 max-lg:hidden',
        cell: ({ heldCountBefore }) => <NumberCell value={heldCountBefore} />,
      },
      {
        id: 'after',
        header: columns.after,
        title: columns.heldAfterTitle,
        width: 'w-20',
        cell: ({ heldCountAfter }) => <NumberCell value={heldCountAfter} />,
      },
      {
        id: 'way',
        header: columns.way,
        isText: true,
        cell: (row) => <HeldBy {...row} />,
      },
    ],
    [columns, f],
  );
}
