'use client';

import { Button } from '../../_ui/button.tsx';
import { useViewerWords, type ViewerWords } from '../use-viewer-words.ts';
import type { LoadFailure, ProfileSource } from './protocol.ts';

interface LoadingFailedProps {
  readonly source: ProfileSource;
  readonly failure: LoadFailure;
  retry(): void;
}

/** What went wrong, and what can be done: the artifact itself can still be had, another file can be chosen. */
export function LoadingFailed({ source, failure, retry }: LoadingFailedProps) {
  const viewer = useViewerWords();
  return (
    <div role="alert" className="border-l-2 border-bad bg-bad-surface px-3 py-2">
      <p className="font-medium">{viewer.failed.title}</p>
      <p className="mt-1">{sentenceOf(failure, viewer.failed)}</p>
      {source.from === 'file' ? (
        <p className="mt-1 text-muted">{viewer.failed.nextFile}</p>
      ) : (
        <>
          <p className="mt-1 text-muted">{viewer.failed.next(source.fileName, source.mediaType)}</p>
          <Button className="mt-2" onClick={retry}>
            {viewer.failed.retry}
          </Button>
        </>
      )}
    </div>
  );
}

function sentenceOf(failure: LoadFailure, words: ViewerWords['failed']): string {
  switch (failure.kind) {
    case 'unreadable':
      return failure.message;
    case 'refused':
      return failure.detail ?? words.refused(failure.status);
    case 'no-answer':
      return words.noAnswer;
    case 'no-profile':
      return words.noProfile(failure.mediaType);
    case 'crashed':
      return words.crashed;
    case 'file-gone':
      return words.fileGone;
    case 'empty-file':
      return words.emptyFile;
  }
}
