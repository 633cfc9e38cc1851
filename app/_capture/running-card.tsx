'use client';

import type { Capture } from '#contract';
import { useNow } from '../_data/clock.ts';
import { useWords } from '../_messages/words.tsx';
import { Link } from '../_ui/link.tsx';
import { ProgressBar } from '../_ui/progress-bar.tsx';
import { EndingButtons } from './ending-buttons.tsx';
import { progressOf } from './progress.ts';
import { captureSentence } from './sentence.ts';

/** A capture that is under way: what it does, how far it is, and how to end it. */
export function RunningCard({ capture }: { capture: Capture }) {
  const { t, f } = useWords();
  const now = useNow();
  const kind = t.capture.kinds[capture.kind].term;
  const { fraction } = progressOf(capture, now);
  return (
    <article className="flex flex-col gap-1.5 border-b border-hairline py-2.5 last:border-0">
      <h3 className="truncate">
        <Link href={`/captures/${capture.id}`} className="font-medium hover:underline">
          {t.capture.titleOf(kind, capture.instanceName)}
        </Link>
      </h3>
      <ProgressBar
        label={t.capture.progress(kind, capture.instanceName)}
        fraction={fraction}
        halted={capture.status.state === 'interrupted'}
      />
      <p className="text-muted">{captureSentence(capture, now, t, f)}</p>
      <EndingButtons capture={capture} small />
    </article>
  );
}
