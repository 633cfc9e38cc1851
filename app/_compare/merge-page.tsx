'use client';

import { useSearchParams } from 'next/navigation';
import { Suspense, useMemo } from 'react';
import { MOST_TOGETHER, parseCaptureIds, togetherOf } from '../_capture/capture-sets.ts';
import { reasonOf } from '../_capture/set-actions.tsx';
import { useWords } from '../_messages/words.tsx';
import { buttonClass } from '../_ui/button.tsx';
import { lazyPart } from '../_ui/lazy-part.ts';
import { Link } from '../_ui/link.tsx';
import { EmptyState, FailedState, Skeleton } from '../_ui/states.tsx';
import { ViewerBoundary } from '../_viewer/viewer-boundary.tsx';
import { PageFrame } from './page-frame.tsx';
import { useCaptures } from './use-captures.ts';
import { useCompareWords } from './use-compare-words.ts';
import { useMounted } from './use-mounted.ts';

const Merged = lazyPart(() => import('./merged.tsx'));

/** Captures of one kind as one profile, and which of them is unlike the others. */
export function MergePage() {
  const { t } = useWords();
  const { cannot, ...words } = useCompareWords();
  const text = useSearchParams().get('captures');
  const ids = useMemo(() => parseCaptureIds(text), [text]);
  const isHere = useMounted();
  const isTooMany = ids.length > MOST_TOGETHER;
  const named = useCaptures(isTooMany ? NONE : ids);
  const loading = (
    <PageFrame here="merge" sentence={t.shell.loading}>
      <Skeleton className="h-96 w-full" />
    </PageFrame>
  );
  if (isTooMany) return <Cannot>{cannot.tooMany(ids.length, MOST_TOGETHER)}</Cannot>;
  if (ids.length === 0) return <Cannot>{`${cannot.noCaptures} ${cannot.noCapturesDetail}`}</Cannot>;
  if (named.state === 'loading') return loading;
  if (named.state === 'missing') return <Cannot>{cannot.missing(named.id)}</Cannot>;
  if (named.state === 'failed')
    return (
      <PageFrame here="merge" sentence={t.shell.errors.title}>
        <FailedState error={named.error} retry={named.retry} />
      </PageFrame>
    );
  const { captures } = named;
  const together = togetherOf(captures);
  if (together.state !== 'able') return <Cannot>{reasonOf(together, captures.length, t)}</Cannot>;
  return (
    <ViewerBoundary failure={t.capture.page.viewerFailed}>
      <Suspense fallback={loading}>
        {isHere && <Merged key={ids.join(',')} captures={captures} here={words.merge} />}
      </Suspense>
    </ViewerBoundary>
  );
}

const NONE: never[] = [];

function Cannot({ children }: { children: string }) {
  const { cannot } = useCompareWords();
  return (
    <PageFrame here="merge" sentence={cannot.mergeTitle}>
      <EmptyState>{children}</EmptyState>
      <Link href="/captures" className={buttonClass()}>
        {cannot.toList}
      </Link>
    </PageFrame>
  );
}
