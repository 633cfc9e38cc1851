'use client';

import { useMemo } from 'react';
import type { HeapReferenceRow } from '#profile/heap/query/heap-query.ts';
import { BytesCell, DistanceCell, ObjectName } from '../grid/cells.tsx';
import type { GridColumn } from '../grid/heap-grid.tsx';
import { useHeapWords } from '../use-heap-words.ts';

/** What tells a reference from its neighbours, and the object at its end: two fields can hold the same one. */
export function referenceKey({ object, edgeType, edgeName }: HeapReferenceRow): string {
  return `${object.id} ${edgeType} ${edgeName}`;
}

/** The object that a key of `referenceKey` leads to. */
export function objectOfKey(key: string): number {
  return Number.parseInt(key, 10);
}

/** The name first: the panel is narrow, and it is names that one follows. */
export function useReferenceColumns(): readonly GridColumn<HeapReferenceRow, never>[] {
  const { columns } = useHeapWords();
  return useMemo(
    () => [
      {
        id: 'retained',
        header: columns.retained,
        title: columns.retainedTitle,
        width: 'w-18',
        cell: ({ object }) => <BytesCell bytes={object.retainedBytes} />,
      },
      {
        id: 'distance',
        header: columns.distance,
        title: columns.distanceTitle,
        width: 'w-20',
        cell: ({ object }) => <DistanceCell distance={object.distance} />,
      },
      {
        id: 'reference',
        header: columns.reference,
        isText: true,
        cell: ({ object, edgeName }) => <ObjectName object={object} edge={edgeName} />,
      },
    ],
    [columns],
  );
}
