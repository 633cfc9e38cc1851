'use client';

import type { Capture } from '#contract';
import type { Messages } from '../_messages/catalogue.ts';
import { useWords } from '../_messages/words.tsx';
import { Button, buttonClass } from '../_ui/button.tsx';
import { Link } from '../_ui/link.tsx';
import {
  compareHref,
  inOrderOfTime,
  MOST_TOGETHER,
  mergeHref,
  type Together,
  togetherOf,
} from './capture-sets.ts';

/** What can be done with captures that were chosen: compare two, merge several; or why not. */
export function SetActions({ chosen, clear }: { chosen: readonly Capture[]; clear(): void }) {
  const { t } = useWords();
  const words = t.capture.together;
  // The line is there before anything is chosen: the first choice must not move what is chosen from.
  if (chosen.length === 0)
    return <p className="flex min-h-7 items-center justify-end text-muted">{words.hint}</p>;
  const together = togetherOf(chosen);
  const ids = inOrderOfTime(chosen).map(({ id }) => id);
  const [before, after, third] = ids;
  return (
    <div className="flex min-h-7 flex-wrap items-center justify-end gap-2">
      <p className="text-muted" aria-live="polite">
        {together.state === 'able'
          ? third !== undefined && words.compareTakesTwo
          : reasonOf(together, chosen.length, t)}
      </p>
      <Button look="quiet" onClick={clear}>
        {words.clear}
      </Button>
      {together.state === 'able' && (
        <>
          <Link href={mergeHref(ids)} className={buttonClass()}>
            {words.merge(ids.length)}
          </Link>
          {before !== undefined && after !== undefined && third === undefined && (
            <Link href={compareHref([before], [after])} className={buttonClass('primary')}>
              {words.compare}
            </Link>
          )}
        </>
      )}
    </div>
  );
}

/** Why captures cannot be put together. */
export function reasonOf(together: Exclude<Together, { state: 'able' }>, count: number, t: Messages): string {
  const { reasons } = t.capture.together;
  switch (together.state) {
    case 'too-few':
      return reasons.tooFew;
    case 'not-sampled':
      return reasons.notSampled(t.capture.kinds[together.kind].term);
    case 'unlike':
      return reasons.unlike(together.kinds.map((kind) => t.capture.kinds[kind].term));
    case 'incomplete':
      return reasons.incomplete(together.count, count);
    case 'too-many':
      return reasons.tooMany(together.count, MOST_TOGETHER);
  }
}
