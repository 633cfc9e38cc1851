'use client';

import type { Action } from '#contract';
import { useWords } from '../_messages/words.tsx';
import { Moment } from '../_ui/timestamp.tsx';
import { isRunning } from './progress.ts';
import { asSentence } from './sentence.ts';

/** The action's own record, oldest first: one reads it like a story, and it grows at its end. */
export function ActionHistory({ action }: { action: Action }) {
  const { t } = useWords();
  const names = new Map(action.parts.map((part) => [part.instanceId, part.instanceName]));
  if (action.history.length === 0) return <p className="py-2 text-muted">{t.action.page.noHistory}</p>;
  return (
    <ol
      aria-label={t.action.page.history}
      aria-live={isRunning(action) ? 'polite' : undefined}
      className="grid grid-cols-[max-content_minmax(0,1fr)] gap-x-3"
    >
      {action.history.map((event) => (
        <li
          key={`${event.at} ${event.phase} ${event.message} ${event.instanceId ?? ''}`}
          className="col-span-2 grid grid-cols-subgrid border-b border-hairline py-1.5"
        >
          <span className="text-muted">
            <Moment at={event.at} />
          </span>
          <span className="min-w-0 [overflow-wrap:anywhere]">
            <span className="font-medium">{event.phase}</span>
            {action.parts.length > 1 && event.instanceId !== null && (
              <span className="text-muted"> · {names.get(event.instanceId) ?? event.instanceId}</span>
            )}
            <span className="block">{asSentence(event.message)}</span>
          </span>
        </li>
      ))}
    </ol>
  );
}
