'use client';

import { memo } from 'react';
import type { TimelineEvent } from '#contract';
import { useWords } from '../_messages/words.tsx';
import { Link } from '../_ui/link.tsx';
import { Moment } from '../_ui/timestamp.tsx';
import type { Condition } from './condition.ts';
import { ConditionGlyph } from './condition-glyph.tsx';

/** What happened, newest first. Only what asks for something has a colour. */
export function EventList({ events, empty }: { events: readonly TimelineEvent[]; empty: string }) {
  if (events.length === 0) return <p className="py-2.5 text-muted">{empty}</p>;
  return (
    <ol className="grid grid-cols-[max-content_auto_minmax(0,1fr)] gap-x-2">
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
  const sign = signOf(event);
  return (
    <li className="col-span-3 grid grid-cols-subgrid border-b border-hairline py-1.5">
      <span className="text-muted">
        <Moment at={event.at} />
      </span>
      <span className="flex h-5 w-3.5 shrink-0 items-center">
        {sign !== null && <ConditionGlyph condition={sign} size={11} />}
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

/** Only what asks for something has a sign. */
function signOf(event: TimelineEvent): Condition | null {
  switch (event.kind) {
    case 'instance-dead':
    case 'capture-failed':
    case 'action-failed':
      return 'dead';
    case 'action-partial':
      return 'strained';
    case 'action-unknown':
      return 'unknown';
    case 'action-succeeded':
      return 'well';
    case 'instance-interrupted':
      return 'interrupted';
    case 'instance-refused':
      return 'refused';
    case 'health-changed': {
      const { to } = event.detail;
      return to === 'stuck' || to === 'strained' || to === 'well' ? to : null;
    }
    default:
      return null;
  }
}

function hrefOf(event: TimelineEvent): string | null {
  if (event.captureId !== null && event.kind !== 'capture-deleted') return `/captures/${event.captureId}`;
  if (event.actionId !== null) return `/actions/${event.actionId}`;
  if (event.instanceId !== null) return `/instances/${event.instanceId}`;
  return event.service === null ? null : `/services/${event.service}`;
}
