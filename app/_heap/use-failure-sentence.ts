'use client';

import { useWords } from '../_messages/words.tsx';
import { sentenceOf } from '../_ui/states.tsx';
import { HeapAskFailed } from './source/heap-source.ts';

/** Why something did not come: the sentence of whoever did not answer. */
export function useFailureSentence(error: unknown): string {
  const { t } = useWords();
  return error instanceof HeapAskFailed ? error.message : sentenceOf(error, t);
}
