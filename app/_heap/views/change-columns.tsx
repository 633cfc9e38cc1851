'use client';

import { useMemo } from 'react';
import type { HeapClassChange, HeapCompareSort } from '#profile/heap/query/heap-query.ts';
import { useWords } from '../../_messages/words.tsx';
import type { GridColumn } from '../grid/heap-grid.tsx';
import { inOneLine } from '../in-one-line.ts';
import { useHeapWords } from '../use-heap-words.ts';

/** How classes changed: what there is none of is left out, so that what changed stands alone. */
export function useChangeColumns(): readonly GridColumn<HeapClassChange, HeapCompareSort>[] {
  const { f } = useWords();
  const { columns } = useHeapWords();
  return useMemo(() => {
    const cell = (value: number, format: (value: number) => string, sign: string) => (
      <span className="px-2">{value === 0 ? '' : `${sign}${format(value)}`}</span>
    );
    return [
      {
        id: 'grownBytes',
        header: columns.grownBytes,
        title: columns.grownTitle,
        width: 'w-22',
        sort: 'grownBytes',
        cell: ({ grownBytes }) => cell(grownBytes, f.bytes, '+'),
      },
      {
        id: 'newBytes',
        header: columns.newBytes,
        width: 'w-22',
        sort: 'newBytes',
        cell: ({ newBytes }) => cell(newBytes, f.bytes, '+'),
      },
      {
        id: 'newCount',
        header: columns.newCount,
        width: 'w-18',
        sort: 'newCount',
        cell: ({ newCount }) => cell(newCount, f.number, '+'),
      },
      {
        id: 'goneBytes',
        header: columns.goneBytes,
        width: 'w-22 max-xl:hidden',
        sort: 'goneBytes',
        cell: ({ goneBytes }) => cell(goneBytes, f.bytes, '−'),
      },
      {
        id: 'goneCount',
        header: columns.goneCount,
        width: 'w-18',
        sort: 'goneCount',
        cell: ({ goneCount }) => cell(goneCount, f.number, '−'),
      },
      {
        id: 'before',
        header: columns.before,
        width: 'w-20 max-xl:hidden',
        cell: ({ countBefore }) => <span className="px-2 text-muted">{f.number(countBefore)}</span>,
      },
      {
        id: 'after',
        header: columns.after,
        width: 'w-20 max-lg:hidden',
        cell: ({ countAfter }) => <span className="px-2 text-muted">{f.number(countAfter)}</span>,
      },
      {
        id: 'name',
        header: columns.className,
        isText: true,
        sort: 'name',
        cell: ({ className }) => <span className="block truncate">{inOneLine(className)}</span>,
      },
    ];
  }, [columns, f]);
}
