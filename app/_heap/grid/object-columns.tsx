'use client';

import { useMemo } from 'react';
import type { HeapObjectRow, HeapObjectSort } from '#profile/heap/query/heap-query.ts';
import { useHeapWords } from '../use-heap-words.ts';
import { BytesCell, DistanceCell, ObjectName, ShareCell } from './cells.tsx';
import type { GridColumn } from './heap-grid.tsx';

/** What is seen of objects in a list of them. */
export function useObjectColumns(totalBytes: number): readonly GridColumn<HeapObjectRow, HeapObjectSort>[] {
  const { columns } = useHeapWords();
  return useMemo(
    () => [
      {
        id: 'retained',
        header: columns.retained,
        title: columns.retainedTitle,
        width: WIDTHS.share,
        sort: 'retained',
        cell: ({ retainedBytes }) => <ShareCell bytes={retainedBytes} total={totalBytes} />,
      },
      {
        id: 'shallow',
        header: columns.shallow,
        title: columns.shallowTitle,
        width: WIDTHS.bytes,
        sort: 'shallow',
        cell: ({ shallowBytes }) => <BytesCell bytes={shallowBytes} />,
      },
      {
        id: 'distance',
        header: columns.distance,
        title: columns.distanceTitle,
        width: WIDTHS.count,
        sort: 'distance',
        cell: ({ distance }) => <DistanceCell distance={distance} />,
      },
      {
        id: 'object',
        header: columns.object,
        isText: true,
        sort: 'name',
        cell: (object) => <ObjectName object={object} />,
      },
    ],
    [columns, totalBytes],
  );
}

export const WIDTHS = {
  share: 'w-36 max-xl:w-24',
  bytes: 'w-22 max-sm:hidden',
  count: 'w-20 max-sm:hidden',
} as const;
