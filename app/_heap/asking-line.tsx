'use client';

import { Button } from '../_ui/button.tsx';
import { useHeapWords } from './use-heap-words.ts';

interface AskingLineProps {
  /** What is being done, as a sentence; undefined as long as there is nothing to say. */
  readonly doing: string | undefined;
  onCancel(): void;
}

/** Says of a question that takes longer than a moment what is being done, and takes it back. A screen reader is told when it comes. */
export function AskingLine({ doing, onCancel }: AskingLineProps) {
  const { asking } = useHeapWords();
  return (
    <div role="status">
      {doing !== undefined && (
        <p className="flex items-center gap-2 py-1.5 text-muted">
          {doing}
          <Button small onClick={onCancel}>
            {asking.cancel}
          </Button>
        </p>
      )}
    </div>
  );
}
