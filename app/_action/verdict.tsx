'use client';

import type { Action } from '#contract';
import { useWords } from '../_messages/words.tsx';
import { asSentence } from './sentence.ts';

/** What the end means, in the words of who ended it, and what to do next. */
export function Verdict({ action }: { action: Action }) {
  const { t } = useWords();
  const { status } = action;
  if (!('message' in status)) return null;
  const hint = hintOf(action, t.action.page);
  const look = LOOKS[status.state];
  return (
    <section
      role={look.isAlert ? 'alert' : undefined}
      className={`mt-2 border-l-2 px-3 py-2 ${look.className}`}
    >
      <p className="max-w-[90ch] [overflow-wrap:anywhere]">{asSentence(status.message)}</p>
      {hint !== null && <p className="mt-1 max-w-[90ch] text-muted">{hint}</p>}
    </section>
  );
}

type Ended = Extract<Action['status'], { message: string }>['state'];

const LOOKS: Record<Ended, { className: string; isAlert: boolean }> = {
  succeeded: { className: 'border-well', isAlert: false },
  partial: { className: 'border-attention bg-attention-surface', isAlert: true },
  failed: { className: 'border-bad bg-bad-surface', isAlert: true },
  cancelled: { className: 'border-hairline-strong', isAlert: false },
  unknown: { className: 'border-unknown bg-hover', isAlert: true },
};

function hintOf(
  { status, parts }: Action,
  words: ReturnType<typeof useWords>['t']['action']['page'],
): string | null {
  if (status.state === 'unknown') return words.unknownHint;
  if (status.state !== 'failed' && status.state !== 'partial') return null;
  const isOutgrown = parts.some((part) => 'code' in part.status && part.status.code === 'preview-outgrown');
  return isOutgrown ? words.outgrownHint : words.failedHint;
}
