'use client';

import type { Capture } from '#contract';
import { useWords } from '../_messages/words.tsx';
import { buttonClass } from '../_ui/button.tsx';
import { Link } from '../_ui/link.tsx';
import { mergeHref, startedTogether, togetherOf } from './capture-sets.ts';

/** After one has captured all instances of a service: the way to see them as one, once they are complete. */
export function StartedTogether({ captures }: { captures: readonly Capture[] }) {
  const { t } = useWords();
  const started = startedTogether(captures);
  const [first] = started ?? [];
  if (started === undefined || first === undefined) return null;
  const words = t.capture.together;
  const { term } = t.capture.kinds[first.kind];
  const complete = started.filter(({ artifact }) => artifact !== null);
  const isReady = togetherOf(started).state === 'able';
  return (
    <div className="mb-2 flex min-h-9 flex-wrap items-center gap-3 border-l-2 border-accent bg-raised px-3 py-1">
      <p aria-live="polite">
        {isReady
          ? words.started(term, started.length)
          : words.startedWaiting(term, complete.length, started.length)}
      </p>
      {isReady && (
        <Link href={mergeHref(started.map(({ id }) => id))} className={buttonClass('primary')}>
          {words.seeMerged}
        </Link>
      )}
    </div>
  );
}
