'use client';

import { useRouter } from 'next/navigation';
import { splitAtCapture } from '../_data/ids.ts';
import { useWords } from '../_messages/words.tsx';
import { Button } from '../_ui/button.tsx';
import { Link } from '../_ui/link.tsx';
import { sentenceOf } from '../_ui/states.tsx';
import type { StartOutcome } from './start-captures.ts';
import { useDialogWords } from './use-dialog-words.ts';

/** Which of those that were asked for could not be started, and why. */
export function StartOutcomeNote({ outcome, onClose }: { outcome: StartOutcome; onClose(): void }) {
  const { t } = useWords();
  const words = useDialogWords();
  const router = useRouter();
  const sentences = [...new Set(outcome.failures.map((failure) => sentenceOf(failure, t)))];
  return (
    <div role="alert" className="border-l-2 border-bad bg-bad-surface px-3 py-2">
      {outcome.asked > 1 && (
        <p className="font-medium">{words.someFailed(outcome.failures.length, outcome.asked)}</p>
      )}
      {sentences.map((sentence) => (
        <p key={sentence}>
          <WithCaptureLink text={sentence} onFollow={onClose} />
        </p>
      ))}
      {outcome.path !== null && (
        <Button small className="mt-2" onClick={() => router.push(outcome.path ?? '/captures')}>
          {words.viewStarted(outcome.asked - outcome.failures.length)}
        </Button>
      )}
    </div>
  );
}

/** A refusal names the capture that is in the way: from there it can be watched, stopped or cancelled. */
function WithCaptureLink({ text, onFollow }: { text: string; onFollow(): void }) {
  const parts = splitAtCapture(text);
  if (parts === undefined) return text;
  return (
    <>
      {parts.before}
      <Link href={`/captures/${parts.id}`} onClick={onFollow} className="underline">
        {parts.id}
      </Link>
      {parts.after}
    </>
  );
}
