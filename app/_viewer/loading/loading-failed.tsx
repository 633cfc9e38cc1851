'use client';

import { Button } from '../../_ui/button.tsx';
import { useViewerWords } from '../use-viewer-words.ts';
import { failureSentence } from './failure-sentence.ts';
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
      <p className="mt-1">{failureSentence(failure, viewer.failed)}</p>
      {source.from === 'file' ? (
        <p className="mt-1 text-muted">{viewer.failed.nextFile}</p>
      ) : (
        <>
          {source.from === 'artifact' && (
            <p className="mt-1 text-muted">{viewer.failed.next(source.fileName, source.mediaType)}</p>
          )}
          <Button className="mt-2" onClick={retry}>
            {viewer.failed.retry}
          </Button>
        </>
      )}
    </div>
  );
}
