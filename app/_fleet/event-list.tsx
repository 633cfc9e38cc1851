'use client';

import { memo } from 'react';
import type { TimelineEvent } from '#contract';
import { useWords } from '../_messages/words.tsx';
import { Link } from '../_ui/link.tsx';
import { Moment } from '../_ui/timestamp.tsx';

/** What happened, newest first. Only what asks for something has a colour. */
export function EventList({ events, empty }: { events: readonly TimelineEvent[]; empty: string }) {
  if (events.length === 0) return <p className="py-2.5 text-muted">{empty}</p>;
  return (
    <ol>
      {events.map((event) => (
        <EventLine key={event.sequence} event={event} />
      ))}
    </ol>
  );
}

const EventLine = memo(function EventLine({ event }: { event: TimelineEvent }) {
  const { t } = useWords();
  const href = hrefOf(event);
  const sentence = t.fleet.event(event);
  return (
    <li className="flex gap-3 border-b border-hairline py-1.5 [contain-intrinsic-size:auto_2rem] [content-visibility:auto]">
      <span className="w-18 shrink-0 text-muted">
        <Moment at={event.at} />
      </span>
      <span aria-hidden="true" className={`w-2 shrink-0 text-center ${SIGNS[signOf(event)].tone}`}>
        {SIGNS[signOf(event)].sign}
      </span>
      <span className="min-w-0 [overflow-wrap:anywhere]">
        {href === null ? (
          sentence
        ) : (
          <Link href={href} className="hover:underline">
            {sentence}
          </Link>
        )}
      </span>
    </li>
  );
});

const SIGNS = {
  bad: { sign: '×', tone: 'text-bad' },
  attention: { sign: '▲', tone: 'text-attention text-[0.6rem]' },
  quiet: { sign: '·', tone: 'text-muted' },
} as const;

function signOf(event: TimelineEvent): keyof typeof SIGNS {
  switch (event.kind) {
    case 'instance-dead':
    case 'capture-failed':
      return 'bad';
    case 'instance-interrupted':
    case 'instance-refused':
      return 'attention';
    case 'health-changed': {
      const state = event.detail.health ?? event.detail.state ?? event.detail.to;
      if (state === 'stuck') return 'bad';
      return state === 'strained' ? 'attention' : 'quiet';
    }
    default:
      return 'quiet';
  }
}

function hrefOf(event: TimelineEvent): string | null {
  if (event.captureId !== null && event.kind !== 'capture-deleted') return `/captures/${event.captureId}`;
  if (event.instanceId !== null) return `/instances/${event.instanceId}`;
  return event.service === null ? null : `/services/${event.service}`;
}
