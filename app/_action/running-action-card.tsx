'use client';

import type { Action } from '#contract';
import { useWords } from '../_messages/words.tsx';
import { Link } from '../_ui/link.tsx';
import { ProgressBar } from '../_ui/progress-bar.tsx';
import { fractionOf, whereOf } from './progress.ts';
import { LiveActionSentence } from './sentence-line.tsx';

/** An action that is under way: what it does and how far it is. To end it one looks at it first. */
export function RunningActionCard({ action }: { action: Action }) {
  const { t } = useWords();
  const title = t.action.titleOf(action.title, whereOf(action.parts, t.action.instances));
  return (
    <article className="flex flex-col gap-1.5 border-b border-hairline py-2.5 last:border-0">
      <h3 className={action.status.state === 'asking' ? 'text-attention' : undefined}>
        <Link href={`/actions/${action.id}`} className="font-medium hover:underline">
          <LiveActionSentence action={action} />
        </Link>
      </h3>
      <ProgressBar
        label={t.action.page.progressLabel(title)}
        fraction={fractionOf(action)}
        halted={action.parts.some(({ status }) => status.state === 'interrupted')}
      />
    </article>
  );
}
