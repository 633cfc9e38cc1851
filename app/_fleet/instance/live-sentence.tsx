'use client';

import type { Instance } from '#contract';
import { useNow } from '../../_data/clock.ts';
import { useWords } from '../../_messages/words.tsx';
import { useVital } from '../../_ui/live-figure.tsx';
import { conditionOf } from '../condition.ts';
import { instanceSentence } from './sentence.ts';

/** The sentence with its running time; read aloud when the condition changes, not every second. */
export function LiveSentence({ instance }: { instance: Instance }) {
  const { t, f } = useWords();
  const now = useNow();
  const delay = useVital(instance.id, 'loopDelayP99Ms');
  return (
    <>
      <span aria-live="polite" className="sr-only">
        {t.fleet.overview.cellLabel(instance.name, conditionOf(instance))}
      </span>
      <span>{instanceSentence(instance, delay, now, t, f)}</span>
    </>
  );
}
