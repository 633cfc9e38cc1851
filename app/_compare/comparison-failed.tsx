'use client';

import { Button } from '../_ui/button.tsx';
import { printable } from '../_viewer/flame/function-labels.ts';
import { failureSentence } from '../_viewer/loading/failure-sentence.ts';
import { useViewerWords } from '../_viewer/use-viewer-words.ts';
import type { Sides } from './changes.ts';
import type { CompareFailure } from './loading/compare-protocol.ts';
import { useCompareWords } from './use-compare-words.ts';

interface ComparisonFailedProps {
  readonly failure: CompareFailure;
  readonly names: Sides<string>;
  retry(): void;
}

/** Why the two cannot be put beside each other, and what can. */
export function ComparisonFailed({ failure, names, retry }: ComparisonFailedProps) {
  const { cannot } = useCompareWords();
  const viewer = useViewerWords();
  const sentences = useSentences(failure, names);
  return (
    <div role="alert" className="my-2 border-l-2 border-bad bg-bad-surface px-3 py-2">
      <p className="font-medium">{cannot.title}</p>
      {sentences.map((sentence) => (
        <p key={sentence} className="mt-1">
          {sentence}
        </p>
      ))}
      {failure.kind !== 'unlike' && (
        <Button className="mt-2" onClick={retry}>
          {viewer.failed.retry}
        </Button>
      )}
    </div>
  );
}

function useSentences(failure: CompareFailure, names: Sides<string>): string[] {
  const { cannot } = useCompareWords();
  const viewer = useViewerWords();
  switch (failure.kind) {
    case 'unread':
      return [cannot.oneSideUnread(names[failure.side]), failureSentence(failure.failure, viewer.failed)];
    case 'unlike': {
      const nameOf = ({ type }: { type: string }) => viewer.measures.measure(printable(type)).name;
      return [cannot.unlike(failure.types.before.map(nameOf), failure.types.after.map(nameOf))];
    }
    case 'unreadable':
      return [failure.message];
    case 'crashed':
      return [cannot.crashed];
  }
}
