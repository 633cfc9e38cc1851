'use client';

import { RequestFailed } from '../_data/api.ts';
import { splitAtAction } from '../_data/ids.ts';
import { useWords } from '../_messages/words.tsx';
import { Link } from '../_ui/link.tsx';
import { sentenceOf } from '../_ui/states.tsx';

/** Why it was not begun; a refusal that names the action in the way leads to it. */
export function RefusedRun({ error, onFollow }: { error: unknown; onFollow(): void }) {
  const { t } = useWords();
  const sentence = sentenceOf(error, t);
  const parts = splitAtAction(sentence);
  // It may have been begun all the same: the answer was lost.
  const isDoubtful = error instanceof RequestFailed && error.isUnanswered;
  return (
    <p role="alert" className="border-l-2 border-bad bg-bad-surface px-3 py-2">
      {parts === undefined ? (
        sentence
      ) : (
        <>
          {parts.before}
          <Link href={`/actions/${parts.id}`} onClick={onFollow} className="underline">
            {parts.id}
          </Link>
          {parts.after}
        </>
      )}
      {isDoubtful && (
        <>
          {' '}
          <Link href="/actions" onClick={onFollow} className="underline">
            {t.action.dialog.seeActions}
          </Link>
        </>
      )}
    </p>
  );
}
