'use client';

import { useFailureSentence } from './use-failure-sentence.ts';

/** Why a question has no answer. */
export function NotAnswered({ error }: { error: unknown }) {
  return (
    <p role="alert" className="border-l-2 border-bad bg-bad-surface px-3 py-2 [overflow-wrap:anywhere]">
      {useFailureSentence(error)}
    </p>
  );
}
