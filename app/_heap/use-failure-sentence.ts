'use client';

import { useWords } from '../_messages/words.tsx';
import { sentenceOf } from '../_ui/states.tsx';
import { HeapAskCancelled, HeapAskFailed } from './source/heap-source.ts';
import { useHeapWords } from './use-heap-words.ts';

/** Why something did not come: the sentence of whoever did not answer. */
export function useFailureSentence(error: unknown): string {
  const { t } = useWords();
  const { asking } = useHeapWords();
  if (error instanceof HeapAskCancelled) return asking.cancelled;
  return error instanceof HeapAskFailed ? error.message : sentenceOf(error, t);
}
