'use client';

import { useWords } from '../_messages/words.tsx';
import { Button } from '../_ui/button.tsx';
import { classNames } from '../_ui/class-names.ts';
import { EmptyState } from '../_ui/states.tsx';
import type { HeapOpening, OpeningProgress } from './source/heap-source.ts';
import { useFailureSentence } from './use-failure-sentence.ts';
import { type HeapWords, useHeapWords } from './use-heap-words.ts';

/** Which snapshot: that of a capture, a file of the reader's own, or an earlier one of either that it is compared with. */
export type OpeningOf = 'capture' | 'file' | 'earlier';

interface OpeningViewProps {
  readonly opening: Exclude<HeapOpening, { state: 'ready' }>;
  readonly of: OpeningOf;
}

interface ProgressProps extends Pick<OpeningViewProps, 'of'> {
  readonly progress: OpeningProgress;
  onCancel(): void;
}

interface FailedProps extends Pick<OpeningViewProps, 'of'> {
  readonly error: unknown;
  onRetry(): void;
}

/** How far it is, and how it is ended; why it cannot be shown, and what to do. */
export function OpeningView({ opening, of }: OpeningViewProps) {
  const words = useHeapWords();
  if (opening.state === 'opening')
    return <Progress progress={opening.progress} of={of} onCancel={opening.cancel} />;
  if (opening.state === 'failed') return <Failed error={opening.error} of={of} onRetry={opening.retry} />;
  return (
    <EmptyState title={words.opening.cancelled}>
      <p>{words.opening.cancelledDetail}</p>
      <Button className="mt-3" onClick={opening.retry}>
        {words.opening.again}
      </Button>
    </EmptyState>
  );
}

function Progress({ progress, of, onCancel }: ProgressProps) {
  const { f } = useWords();
  const { opening: words } = useHeapWords();
  const { phase, share, isFromIndex } = progress;
  const title = of === 'earlier' ? words.titleEarlier : isFromIndex ? words.titleFromIndex : words.title;
  const text = phase === undefined ? words.asking : words.phases[phase];
  return (
    <div
      className={classNames(
        'flex flex-col items-center justify-center gap-2',
        of === 'earlier' ? 'h-64' : 'h-[max(20rem,calc(100dvh-var(--viewer-top)-1rem))]',
      )}
    >
      <p>{title}</p>
      <div
        role="progressbar"
        aria-label={title}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(share * 100)}
        aria-valuetext={`${text}, ${words.share(share)}`}
        className="h-1 w-72 overflow-hidden rounded-sm bg-hairline"
      >
        <div className="h-full bg-accent" style={{ width: `${share * 100}%` }} />
      </div>
      <p className="text-sm">{text}</p>
      <p className="figures min-h-4 text-sm text-muted">{detailOf(progress, words, f)}</p>
      <Button small onClick={onCancel}>
        {words.cancel}
      </Button>
    </div>
  );
}

function detailOf(
  { phase, why, share, remainingMs, memoryBytes }: OpeningProgress,
  words: HeapWords['opening'],
  f: ReturnType<typeof useWords>['f'],
): string {
  if (phase === undefined) return '';
  if (phase === 'waiting') return why ?? '';
  const parts = [words.share(share)];
  if (remainingMs !== undefined) parts.push(words.remaining(remainingMs));
  if (memoryBytes > 0) parts.push(words.memory(memoryBytes));
  return f.list(parts);
}

function Failed({ error, of, onRetry }: FailedProps) {
  const { failed: words } = useHeapWords();
  const sentence = useFailureSentence(error);
  return (
    <div role="alert" className="border-l-2 border-bad bg-bad-surface px-3 py-2">
      <p className="font-medium">{words.title}</p>
      <p className="mt-1 [overflow-wrap:anywhere]">{sentence}</p>
      <p className="mt-1 text-muted">{words.next[of]}</p>
      <Button className="mt-2" onClick={onRetry}>
        {words.retry}
      </Button>
    </div>
  );
}
