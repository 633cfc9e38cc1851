'use client';

import { type ReactNode, Suspense } from 'react';
import { useViewerWords } from './use-viewer-words.ts';
import { ViewerBoundary } from './viewer-boundary.tsx';

interface WhenLoadedProps {
  /** Stands where it will be. */
  readonly fallback?: ReactNode;
  readonly children: ReactNode;
}

/** What is loaded when it is looked at; where it does not come, a sentence stands in its place and all else goes on. */
export function WhenLoaded({ fallback, children }: WhenLoadedProps) {
  const { partMissing } = useViewerWords();
  return (
    <ViewerBoundary failure={partMissing}>
      <Suspense fallback={fallback}>{children}</Suspense>
    </ViewerBoundary>
  );
}
