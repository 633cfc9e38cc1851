'use client';

import { useMemo } from 'react';
import type { Capture } from '#contract';
import { useWords } from '../_messages/words.tsx';
import type { Column } from '../_ui/data-table.tsx';
import { PinIcon } from '../_ui/icons.tsx';
import { Link } from '../_ui/link.tsx';
import { Moment } from '../_ui/timestamp.tsx';
import { CaptureStateCell } from './capture-state.tsx';
import { looksOnce } from './kinds.ts';
import { STEPS, stepOf } from './progress.ts';

export function useCaptureColumns(within: 'all' | 'service' | 'instance'): Column<Capture>[] {
  const { t, f } = useWords();
  return useMemo(() => {
    const words = t.capture.list.columns;
    const columns: (Column<Capture> & { omitted?: boolean })[] = [
      {
        id: 'requested',
        header: words.requested,
        width: 'w-24 sm:w-34',
        value: (capture) => Date.parse(capture.requestedAt),
        cell: (capture) => (
          <Link href={`/captures/${capture.id}`} className="hover:underline">
            <Moment at={capture.requestedAt} />
          </Link>
        ),
      },
      {
        id: 'kind',
        header: words.kind,
        width: 'w-22 sm:w-36',
        value: (capture) => t.capture.kinds[capture.kind].term,
        cell: (capture) => (
          <Link href={`/captures/${capture.id}`} className="font-medium hover:underline" tabIndex={-1}>
            {t.capture.kinds[capture.kind].term}
          </Link>
        ),
      },
      {
        id: 'service',
        header: words.service,
        from: 'md',
        omitted: within !== 'all',
        value: (capture) => capture.service,
        cell: (capture) => (
          <Link href={`/services/${capture.service}`} className="hover:underline" tabIndex={-1}>
            {capture.service}
          </Link>
        ),
      },
      {
        id: 'instance',
        header: words.instance,
        omitted: within === 'instance',
        value: (capture) => capture.instanceName,
        cell: (capture) => capture.instanceName,
      },
      {
        id: 'version',
        header: words.version,
        width: 'w-22',
        from: 'xl',
        value: (capture) => capture.serviceVersion,
        cell: (capture) => <span className="text-muted">{capture.serviceVersion}</span>,
      },
      {
        id: 'state',
        header: words.state,
        width: 'w-15 sm:w-44',
        value: (capture) => stateRank(capture),
        cell: (capture) => <CaptureStateCell capture={capture} />,
      },
      {
        id: 'duration',
        header: words.duration,
        width: 'w-22',
        from: 'md',
        numeric: true,
        value: recordedSeconds,
        cell: (capture) => f.orDash(recordedSeconds(capture), f.duration),
      },
      {
        id: 'size',
        header: words.size,
        width: 'w-22',
        from: 'md',
        numeric: true,
        value: (capture) => capture.artifact?.sizeBytes ?? null,
        cell: (capture) => f.orDash(capture.artifact?.sizeBytes, f.bytes),
      },
      {
        id: 'pinned',
        header: words.pinned,
        width: 'w-18',
        from: 'md',
        value: (capture) => (capture.pinned ? 0 : 1),
        cell: (capture) =>
          capture.pinned && (
            <span title={t.capture.list.pinned}>
              <PinIcon filled />
              <span className="sr-only">{t.capture.list.pinned}</span>
            </span>
          ),
      },
      {
        id: 'note',
        header: words.note,
        from: 'lg',
        value: (capture) => capture.note || null,
        cell: (capture) => (
          <span className="text-muted" title={capture.note || undefined}>
            {capture.note}
          </span>
        ),
      },
    ];
    return columns.filter((column) => column.omitted !== true);
  }, [t, f, within]);
}

/** null for kinds that look once: how long they took is no length of what they show. */
function recordedSeconds(capture: Capture): number | null {
  if (looksOnce(capture.kind)) return null;
  return capture.artifact?.recordedSeconds ?? capture.durationSeconds;
}

/** In the order of a capture's life; those that failed first, since they are what one looks for. */
function stateRank(capture: Capture): number {
  const step = stepOf(capture);
  if (step !== null) return STEPS.indexOf(step) + 1;
  return capture.status.state === 'failed' ? 0 : STEPS.length + 1;
}
