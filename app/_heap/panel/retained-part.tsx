'use client';

import { useMemo, useState } from 'react';
import type {
  HeapClassRow,
  HeapClassSort,
  HeapObjectDetail,
  HeapOrder,
} from '#profile/heap/query/heap-query.ts';
import type { Explored } from '../explored.ts';
import { BytesCell, NumberCell } from '../grid/cells.tsx';
import { type GridColumn, HeapGrid } from '../grid/heap-grid.tsx';
import { type TreeRows, usePagedTree } from '../grid/use-paged-tree.ts';
import { inOneLine } from '../in-one-line.ts';
import type { RowPath } from '../state/row-path.ts';
import { useHeapWords } from '../use-heap-words.ts';

const NONE_OPEN: readonly RowPath[] = [];

/** What the object alone keeps alive, by class. */
export function RetainedPart({ source, detail }: Explored & { detail: HeapObjectDetail }) {
  const words = useHeapWords();
  const { id } = detail.row;
  const [order, setOrder] = useState<HeapOrder<HeapClassSort>>({ by: 'shallow', descending: true });
  const [cursor, setCursor] = useState<RowPath>();
  const rows = useMemo<TreeRows<HeapClassRow>>(
    () => ({
      keyOf: ({ className }) => className,
      fetch: (_, page, ask) => ask({ ask: 'retainedSet', object: id, order, page }),
    }),
    [id, order],
  );
  const tree = usePagedTree(source, rows, NONE_OPEN);
  return (
    <HeapGrid<HeapClassRow, HeapClassSort>
      role="grid"
      label={words.object.retainedSet}
      tree={tree}
      columns={useColumns()}
      order={order}
      cursor={cursor}
      doing="retained"
      nothing={words.nothing.dominators}
      onOrder={setOrder}
      onGo={setCursor}
      textOf={({ className }) => className}
    />
  );
}

function useColumns(): readonly GridColumn<HeapClassRow, HeapClassSort>[] {
  const { columns } = useHeapWords();
  return useMemo(
    () => [
      {
        id: 'shallow',
        header: columns.shallow,
        title: columns.shallowTitle,
        width: 'w-22',
        sort: 'shallow',
        cell: ({ shallowBytes }) => <BytesCell bytes={shallowBytes} />,
      },
      {
        id: 'count',
        header: columns.count,
        width: 'w-20',
        sort: 'count',
        cell: ({ count }) => <NumberCell value={count} />,
      },
      {
        id: 'name',
        header: columns.className,
        isText: true,
        sort: 'name',
        cell: ({ className }) => <span className="block truncate">{inOneLine(className)}</span>,
      },
    ],
    [columns],
  );
}
