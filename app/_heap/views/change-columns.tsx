'use client';

import { useMemo } from 'react';
import type { HeapClassChange, HeapCompareSort } from '#profile/heap/query/heap-query.ts';
import { useWords } from '../../_messages/words.tsx';
import { ChangeCell, NumberCell } from '../grid/cells.tsx';
import type { GridColumn } from '../grid/heap-grid.tsx';
import { inOneLine } from '../in-one-line.ts';
import { useHeapWords } from '../use-heap-words.ts';

type ChangeColumns = readonly GridColumn<HeapClassChange, HeapCompareSort>[];

/** How classes changed: by the objects that are new, gone and grown where ids hold, else by counts and sizes before and after. */
export function useChangeColumns(idsHold: boolean): ChangeColumns {
  const [withIds, withoutIds] = [useColumnsWithIds(), useColumnsWithoutIds()];
  return idsHold ? withIds : withoutIds;
}

function useColumnsWithoutIds(): ChangeColumns {
  const { f } = useWords();
  const { columns } = useHeapWords();
  return useMemo(
    () => [
      {
        id: 'moreRetained',
        header: columns.more,
        title: columns.moreTitle,
        width: 'w-24',
        sort: 'moreRetained',
        cell: ({ retainedBytesBefore, retainedBytesAfter }) => (
          <ChangeCell before={retainedBytesBefore} after={retainedBytesAfter} format={f.bytes} />
        ),
      },
      {
        id: 'retained',
        header: columns.retainsNow,
        width: 'w-24 max-xl:hidden',
        cell: ({ retainedBytesAfter }) => (
          <span className="px-2 text-muted">{f.bytes(retainedBytesAfter)}</span>
        ),
      },
      {
        id: 'moreShallow',
        header: columns.moreShallow,
        title: columns.moreShallowTitle,
        width: 'w-24 max-xl:hidden',
        sort: 'moreShallow',
        cell: ({ shallowBytesBefore, shallowBytesAfter }) => (
          <ChangeCell before={shallowBytesBefore} after={shallowBytesAfter} format={f.bytes} />
        ),
      },
      {
        id: 'moreCount',
        header: columns.moreCount,
        title: columns.moreCountTitle,
        width: 'w-20',
        sort: 'moreCount',
        cell: ({ countBefore, countAfter }) => (
          <ChangeCell before={countBefore} after={countAfter} format={f.number} />
        ),
      },
      {
        id: 'before',
        header: columns.before,
        title: columns.countBeforeTitle,
        width: 'w-20 max-lg:hidden',
        cell: ({ countBefore }) => <NumberCell value={countBefore} />,
      },
      {
        id: 'after',
        header: columns.after,
        title: columns.countAfterTitle,
        width: 'w-20',
        cell: ({ countAfter }) => <NumberCell value={countAfter} />,
      },
      {
        id: 'name',
        header: columns.className,
        isText: true,
        sort: 'name',
        cell: ({ className }) => <span className="block truncate">{inOneLine(className)}</span>,
      },
    ],
    [columns, f],
  );
}

/** What there is none of is left out, so that what changed stands alone. */
function useColumnsWithIds(): ChangeColumns {
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
