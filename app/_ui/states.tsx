'use client';

import type { ReactNode } from 'react';
import { RequestFailed } from '../_data/api.ts';
import type { Messages } from '../_messages/catalogue.ts';
import { useWords } from '../_messages/words.tsx';
import { Button } from './button.tsx';

/** What failed, in a sentence: the server's own where it gave one. */
export function sentenceOf(error: unknown, t: Messages): string {
  if (!(error instanceof RequestFailed)) return t.shell.errors.crashedDetail;
  if (error.isUnanswered) return t.shell.errors.noAnswer;
  return error.problem?.detail ?? t.shell.errors.unknown(error.status);
}

export function FailedState({ error, retry }: { error: unknown; retry?: () => void }) {
  const { t } = useWords();
  return (
    <div
      role="alert"
      className="flex flex-wrap items-center gap-3 border-l-2 border-bad bg-bad-surface px-3 py-2"
    >
      <div className="min-w-0 flex-1">
        <p className="font-medium">{t.shell.errors.title}</p>
        <p className="text-muted">{sentenceOf(error, t)}</p>
      </div>
      {retry && <Button onClick={retry}>{t.shell.errors.retry}</Button>}
    </div>
  );
}

export function InlineFailure({ error }: { error: unknown }) {
  const { t } = useWords();
  return (
    <p role="alert" className="border-l-2 border-bad bg-bad-surface px-3 py-2">
      {sentenceOf(error, t)}
    </p>
  );
}

/** Nothing here, why, and what would change that. */
export function EmptyState({ title, children }: { title?: string; children?: ReactNode }) {
  return (
    <div className={title === undefined ? 'py-1' : 'py-6'}>
      {title !== undefined && <p className="font-medium">{title}</p>}
      {children && <div className="mt-1 max-w-[68ch] text-muted">{children}</div>}
    </div>
  );
}

/** Lines where text will be. Says nothing by itself: the region around it is `aria-busy`. */
export function Skeleton({ className }: { className: string }) {
  return <div aria-hidden="true" className={`rounded-sm bg-hover ${className}`} />;
}
