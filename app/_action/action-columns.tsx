'use client';

import { useMemo } from 'react';
import type { Action } from '#contract';
import { useWords } from '../_messages/words.tsx';
import type { Column } from '../_ui/data-table.tsx';
import { Link } from '../_ui/link.tsx';
import { Moment } from '../_ui/timestamp.tsx';
import { ActionStateCell } from './action-state.tsx';
import { sum } from './comparison.ts';
import { type ActionStateName, whereOf } from './progress.ts';

/** Those that ask for somebody first. */
const BY_URGENCY: readonly ActionStateName[] = [
  'asking',
  'unknown',
  'failed',
  'partial',
  'starting',
  'running',
  'cancelling',
  'succeeded',
  'cancelled',
];

export function useActionColumns(within: 'all' | 'service' | 'instance'): Column<Action>[] {
  const { t, f } = useWords();
  return useMemo(() => {
    const words = t.action.list.columns;
    const where = (action: Action) => whereOf(action.parts, t.action.instances);
    const columns: (Column<Action> & { omitted?: boolean })[] = [
      {
        id: 'requested',
        header: words.requested,
        width: 'w-24 sm:w-34',
        value: (action) => Date.parse(action.requestedAt),
        cell: (action) => (
          <Link href={`/actions/${action.id}`} className="hover:underline">
            <Moment at={action.requestedAt} />
          </Link>
        ),
      },
      {
        id: 'title',
        header: words.title,
        value: (action) => action.title,
        cell: (action) => (
          <Link
            href={`/actions/${action.id}`}
            className="font-medium hover:underline"
            tabIndex={-1}
            title={action.title}
          >
            {action.title}
          </Link>
        ),
      },
      {
        id: 'where',
        header: words.where,
        omitted: within === 'instance',
        value: where,
        cell: where,
      },
      {
        id: 'state',
        header: words.state,
        width: 'w-15 sm:w-34',
        value: (action) => BY_URGENCY.indexOf(action.status.state),
        cell: (action) => <ActionStateCell action={action} />,
      },
      {
        id: 'touched',
        header: words.touched,
        title: words.touchedTitle,
        width: 'w-22',
        from: 'md',
        numeric: true,
        value: (action) => doneOf(action).done,
        cell: (action) => {
          const { done, all } = doneOf(action);
          return t.action.page.progress(done, all);
        },
      },
      {
        id: 'disconnected',
        header: words.disconnected,
        title: words.disconnectedTitle,
        width: 'w-28',
        from: 'lg',
        numeric: true,
        value: disconnectedBy,
        cell: (action) => f.orDash(disconnectedBy(action), f.number),
      },
      {
        id: 'reason',
        header: words.reason,
        from: 'sm',
        value: (action) => action.reason,
        cell: (action) => (
          <span className="text-muted" title={action.reason}>
            {action.reason}
          </span>
        ),
      },
      {
        id: 'by',
        header: words.by,
        width: 'w-28',
        from: 'xl',
        value: (action) => action.requestedBy,
        cell: (action) => <span className="text-muted">{action.requestedBy}</span>,
      },
    ];
    return columns.filter((column) => column.omitted !== true);
  }, [t, f, within]);
}

function doneOf({ parts }: Action): { done: number; all: number } {
  const outcomes = parts.flatMap((part) => part.outcomes);
  return { done: outcomes.filter(({ outcome }) => outcome === 'done').length, all: outcomes.length };
}

function disconnectedBy({ parts }: Action): number | null {
  return sum(parts.map(({ playersDisconnected }) => playersDisconnected));
}
