'use client';

import type { Messages } from '../../_messages/catalogue.ts';
import { useWords } from '../../_messages/words.tsx';
import { Button } from '../../_ui/button.tsx';
import type { LoadFailure, ProfileSource } from './protocol.ts';

interface LoadingFailedProps {
  readonly source: ProfileSource;
  readonly failure: LoadFailure;
  retry(): void;
}

/** What went wrong, and that the artifact itself can still be had. */
export function LoadingFailed({ source, failure, retry }: LoadingFailedProps) {
  const { t } = useWords();
  return (
    <div role="alert" className="border-l-2 border-bad bg-bad-surface px-3 py-2">
      <p className="font-medium">{t.viewer.failed.title}</p>
      <p className="mt-1">{sentenceOf(failure, t.viewer.failed)}</p>
      <p className="mt-1 text-muted">{t.viewer.failed.next(source.fileName)}</p>
      <Button className="mt-2" onClick={retry}>
        {t.viewer.failed.retry}
      </Button>
    </div>
  );
}

function sentenceOf(failure: LoadFailure, words: Messages['viewer']['failed']): string {
  switch (failure.kind) {
    case 'unreadable':
      return failure.message;
    case 'refused':
      return failure.detail ?? words.refused(failure.status);
    case 'no-answer':
      return words.noAnswer;
    case 'crashed':
      return words.crashed;
  }
}
