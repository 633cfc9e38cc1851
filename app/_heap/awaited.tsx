'use client';

import { type QueryKey, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useEffect, useState } from 'react';
import { Button } from '../_ui/button.tsx';
import { AskingLine } from './asking-line.tsx';
import { useHeapWords } from './use-heap-words.ts';
import { useIsLong } from './use-is-long.ts';

interface AwaitedProps {
  /** Of the question that has neither an answer nor failed. */
  readonly queryKey: QueryKey;
  /** Not any more when it was cancelled. */
  readonly isAsked: boolean;
  readonly doing: string;
  /** Stands where the answer will. */
  readonly children: ReactNode;
  onRetry(): void;
}

/** In the place of an answer that has not come: after a moment what is being done, and how that is ended. */
export function Awaited({ queryKey, isAsked, doing, children, onRetry }: AwaitedProps) {
  const { asking, failed } = useHeapWords();
  const client = useQueryClient();
  const [since, setSince] = useState<number>();
  useEffect(() => setSince(isAsked ? performance.now() : undefined), [isAsked]);
  const isLong = useIsLong(since);
  return (
    <div aria-busy={isAsked}>
      <AskingLine
        doing={isAsked && isLong ? doing : undefined}
        onCancel={() => void client.cancelQueries({ queryKey, exact: true })}
      />
      {isAsked ? (
        children
      ) : (
        <p className="flex items-center gap-2 py-1.5 text-muted">
          {asking.cancelled}
          <Button small onClick={onRetry}>
            {failed.retry}
          </Button>
        </p>
      )}
    </div>
  );
}
