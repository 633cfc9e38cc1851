'use client';

import type { Capture } from '#contract';
import { useNow } from '../_data/clock.ts';
import { useWords } from '../_messages/words.tsx';
import { isRunning } from './progress.ts';
import { captureSentence } from './sentence.ts';

/** The sentence with its running time. Read aloud when the state changes, not every second. */
export function LiveCaptureSentence({ capture }: { capture: Capture }) {
  const { t } = useWords();
  return (
    <>
      <span aria-live="polite" className="sr-only">
        {t.capture.states[capture.status.state]}
      </span>
      {isRunning(capture) ? <Ticking capture={capture} /> : <Still capture={capture} />}
    </>
  );
}

function Ticking({ capture }: { capture: Capture }) {
  const { t, f } = useWords();
  const now = useNow();
  return <span>{captureSentence(capture, now, t, f)}</span>;
}

function Still({ capture }: { capture: Capture }) {
  const { t, f } = useWords();
  return <span>{captureSentence(capture, 0, t, f)}</span>;
}
