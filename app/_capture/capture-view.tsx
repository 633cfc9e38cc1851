'use client';

import { type ComponentType, Suspense } from 'react';
import type { Capture, CaptureKind } from '#contract';
import { useWords } from '../_messages/words.tsx';
import { lazyPart } from '../_ui/lazy-part.ts';
import { Skeleton } from '../_ui/states.tsx';
import { ViewerBoundary } from '../_viewer/viewer-boundary.tsx';

const SampledView = lazyPart(() => import('./sampled-view.tsx'));
const PendingView = lazyPart(() => import('./pending-view.tsx'));
const TimelineView = lazyPart(() => import('./timeline-view.tsx'));
const SnapshotView = lazyPart(() => import('./snapshot-view.tsx'));

/** What draws the artifact of each kind, loaded when it is needed; a kind without one is offered as a file alone. */
const VIEWS: Partial<Record<CaptureKind, ComponentType<{ readonly capture: Capture }>>> = {
  cpu: SampledView,
  heap: SampledView,
  allocation: SampledView,
  wait: SampledView,
  lock: SampledView,
  activity: PendingView,
  heapsnapshot: SnapshotView,
  trace: TimelineView,
};

/** The artifact, drawn; the whole width and most of the height are its. */
export function CaptureView({ capture }: { capture: Capture }) {
  const { t } = useWords();
  const View = VIEWS[capture.kind];
  if (View === undefined) return <p className="px-4 pb-10 text-muted">{t.capture.page.viewerUnsupported}</p>;
  return (
    <section aria-label={t.capture.page.viewer} className="border-t border-hairline">
      <ViewerBoundary failure={t.capture.page.viewerFailed}>
        <Suspense fallback={<Loading />}>
          <View capture={capture} />
        </Suspense>
      </ViewerBoundary>
    </section>
  );
}

function Loading() {
  const { t } = useWords();
  return (
    <div className="p-4" role="status">
      <span className="sr-only">{t.capture.page.viewerLoading}</span>
      <Skeleton className="h-[60vh] w-full" />
    </div>
  );
}
