'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { actionsQuery } from '../_data/queries.ts';
import { useWords } from '../_messages/words.tsx';
import { Link } from '../_ui/link.tsx';
import { isRunning } from './progress.ts';
import { RunningActionCard } from './running-action-card.tsx';

/** Actions that are under way; nothing while there are none, since that is the usual. */
export function RunningActions() {
  const { t } = useWords();
  const actions = useInfiniteQuery(actionsQuery());
  const running = actions.data?.pages.flatMap((page) => page.actions).filter(isRunning) ?? [];
  if (running.length === 0) return null;
  return (
    <section aria-labelledby="running-actions" className="mb-6">
      <div className="flex items-baseline justify-between border-b border-hairline-strong pb-1">
        <h2 id="running-actions" className="text-sm text-muted">
          {t.action.overview.running}
        </h2>
        <Link href="/actions" className="text-sm text-muted hover:text-text hover:underline">
          {t.action.overview.all}
        </Link>
      </div>
      {running.map((action) => (
        <RunningActionCard key={action.id} action={action} />
      ))}
    </section>
  );
}
