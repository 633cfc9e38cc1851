'use client';

import { useMemo } from 'react';
import { useWords } from '../../_messages/words.tsx';
import type { Column } from '../../_ui/data-table.tsx';
import { OpenButton } from '../../_ui/open-button.tsx';
import { printable } from '../flame/function-labels.ts';
import { isOwn, type PendingRow, placeOf, tellingFrame } from './pending-rows.ts';
import { useActivityWords } from './use-activity-words.ts';

export function usePendingColumns(
  isOpen: (row: PendingRow) => boolean,
  toggle: (row: PendingRow) => void,
): Column<PendingRow>[] {
  const { f } = useWords();
  const { pending: words, anonymous } = useActivityWords();
  return useMemo(() => {
    const nameOf = (row: PendingRow) => {
      const frame = row.stack === null ? undefined : tellingFrame(row.stack);
      return frame === undefined ? words.earlier : printable(frame.name) || anonymous;
    };
    return [
      {
        id: 'count',
        header: words.columns.count,
        width: 'w-20',
        numeric: true,
        value: (row) => row.count,
        cell: (row) =>
          row.weight > 1 ? (
            <span title={words.estimateTitle(row.weight)}>{words.estimate(f.number(row.count))}</span>
          ) : (
            f.number(row.count)
          ),
      },
      {
        id: 'oldest',
        header: words.columns.oldest,
        width: 'w-22',
        numeric: true,
        value: (row) => row.oldestAgeMs,
        cell: (row) => f.orDash(row.oldestAgeMs, f.milliseconds),
      },
      {
        id: 'type',
        header: words.columns.type,
        width: 'w-24',
        value: (row) => words.types[row.type] ?? row.type,
        cell: (row) => words.types[row.type] ?? printable(row.type),
      },
      {
        id: 'place',
        header: words.columns.place,
        value: nameOf,
        cell: (row) => (
          <OpenButton
            isOpen={isOpen(row)}
            label={words.open(printable(row.resource))}
            onToggle={() => toggle(row)}
          >
            <Place row={row} name={nameOf(row)} />
          </OpenButton>
        ),
      },
      {
        id: 'resource',
        header: words.columns.resource,
        width: 'w-48',
        from: 'md',
        value: (row) => row.resource,
        cell: (row) => <span className="font-mono text-sm text-muted">{printable(row.resource)}</span>,
      },
    ];
  }, [f, words, anonymous, isOpen, toggle]);
}

/** Own code is named as such by its weight; of anything else only the name is worth reading. */
function Place({ row, name }: { row: PendingRow; name: string }) {
  const frame = row.stack === null ? undefined : tellingFrame(row.stack);
  if (frame === undefined) return <span className="font-normal text-muted">{name}</span>;
  return (
    <span className="flex items-baseline gap-2 overflow-hidden">
      <span className={isOwn(frame) ? 'truncate' : 'truncate font-normal text-muted'}>{name}</span>
      <span className="truncate font-mono text-sm font-normal text-muted">{placeOf(frame)}</span>
    </span>
  );
}
