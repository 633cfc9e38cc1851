'use client';

import { useMemo } from 'react';
import type { HeapRetainerPathRow } from '#profile/heap/query/heap-query.ts';
import { NumberCell, ShareCell } from '../grid/cells.tsx';
import { type GridColumn, HeapGrid } from '../grid/heap-grid.tsx';
import { WIDTHS } from '../grid/object-columns.tsx';
import type { PagedTree } from '../grid/paged-tree.ts';
import type { RowPath } from '../state/row-path.ts';
import { useHeapWords } from '../use-heap-words.ts';
import { HeldBy } from './held-by.tsx';

interface HolderTreeProps {
  readonly label: string;
  readonly tree: PagedTree<HeapRetainerPathRow>;
  readonly totalBytes: number;
  readonly cursor: RowPath | undefined;
  readonly scrolledRows?: number;
  readonly nothing: string;
  onGo(path: RowPath, row: HeapRetainerPathRow): void;
  onOpen(path: RowPath, isOpen: boolean): void;
  onScrolled?(rows: number): void;
}

/** Ways by which many objects are held, those that read alike as one. */
export function HolderTree({ totalBytes, ...grid }: HolderTreeProps) {
  const columns = useColumns(totalBytes);
  return (
    <HeapGrid<HeapRetainerPathRow>
      role="treegrid"
      doing="holders"
      columns={columns}
      opens={(row) => row.opens}
      textOf={({ className }) => className}
      {...grid}
    />
  );
}

function useColumns(totalBytes: number): readonly GridColumn<HeapRetainerPathRow, never>[] {
  const { columns } = useHeapWords();
  return useMemo(
    () => [
      {
        id: 'held',
        header: columns.held,
        title: columns.heldTitle,
        width: WIDTHS.share,
        cell: ({ heldBytes }) => <ShareCell bytes={heldBytes} total={totalBytes} />,
      },
      {
        id: 'count',
        header: columns.heldCount,
        title: columns.heldCountTitle,
        width: WIDTHS.count,
        cell: ({ heldCount }) => <NumberCell value={heldCount} />,
      },
      {
        id: 'holders',
        header: columns.holders,
        title: columns.holdersTitle,
        width: WIDTHS.count,
        cell: ({ holderCount }) => <NumberCell value={holderCount} />,
      },
      {
        id: 'way',
        header: columns.way,
        isText: true,
        cell: (row) => <HeldBy {...row} />,
      },
    ],
    [columns, totalBytes],
  );
}
