'use client';

import type { Action } from '#contract';
import { useWords } from '../_messages/words.tsx';
import { Button } from '../_ui/button.tsx';
import { InlineFailure } from '../_ui/states.tsx';
import { CancelButton, useCancelWords } from './cancel-button.tsx';
import { useExtendAction } from './mutations.ts';
import { asSentence } from './sentence.ts';

/** The deadline has passed: nothing was cut off, and a person says how to go on. */
export function Question({ action, question }: { action: Action; question: string }) {
  const { t, f } = useWords();
  const extend = useExtendAction(action.id);
  const seconds = action.preview.deadlineSeconds;
  const { meaning } = useCancelWords(action.type);
  return (
    <section role="alert" className="mt-2 border-l-2 border-attention bg-attention-surface px-3 py-2.5">
      <p className="font-medium">{question.trim()}</p>
      <div className="mt-2.5 flex flex-wrap items-center gap-2">
        <Button look="primary" disabled={extend.isPending} onClick={() => extend.mutate(seconds)}>
          {t.action.page.keepWaiting(f.duration(seconds))}
        </Button>
        {action.cancellable && <CancelButton action={action} isExplained={false} />}
        {action.cancellable && <span className="text-sm text-muted">{asSentence(meaning)}</span>}
      </div>
      {extend.isError && (
        <div className="mt-2">
          <InlineFailure error={extend.error} />
        </div>
      )}
    </section>
  );
}
