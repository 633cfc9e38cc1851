'use client';

import type { Action } from '#contract';
import { useNow } from '../_data/clock.ts';
import { useWords } from '../_messages/words.tsx';
import { isRunning } from './progress.ts';
import { actionSentence } from './sentence.ts';

/** The sentence with its running time. Read aloud when the state or the phase changes, not every second. */
export function LiveActionSentence({ action }: { action: Action }) {
  const { t } = useWords();
  return (
    <>
      <span aria-live="polite" className="sr-only" data-action-live={action.status.state}>
        {t.action.states[action.status.state]} {phasesOf(action)}
      </span>
      {isRunning(action) ? <Ticking action={action} /> : <Still action={action} />}
    </>
  );
}

function phasesOf({ parts }: Action): string {
  return [...new Set(parts.flatMap(({ status }) => (status.state === 'running' ? [status.phase] : [])))].join(
    ', ',
  );
}

function Ticking({ action }: { action: Action }) {
  const { t, f } = useWords();
  const now = useNow();
  return <span>{actionSentence(action, now, t, f)}</span>;
}

function Still({ action }: { action: Action }) {
  const { t, f } = useWords();
  return <span>{actionSentence(action, 0, t, f)}</span>;
}
