'use client';

import { Suspense } from 'react';
import type { Capture } from '#contract';
import { lazyPart } from '../_ui/lazy-part.ts';
import { ProfileViewer } from '../_viewer/profile-viewer.tsx';
import { useArtifactSource } from './artifact-source.ts';

/** Of heap profiles alone. */
const SnapshotsBeside = lazyPart(async () => ({
  default: (await import('./heap-beside.tsx')).SnapshotsBeside,
}));

/** A sampled profile as a flame graph and as a table of functions. To be loaded lazily: it brings the viewer along. */
export default function SampledView({ capture }: { capture: Capture }) {
  return (
    <>
      {capture.kind === 'heap' && (
        <Suspense fallback={<div className="h-8" />}>
          <SnapshotsBeside capture={capture} />
        </Suspense>
      )}
      <ProfileViewer source={useArtifactSource(capture)} />
    </>
  );
}
