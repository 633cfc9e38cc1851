'use client';

import type { Capture } from '#contract';
import { TraceViewer } from '../_viewer/trace/trace-viewer.tsx';
import { useArtifactSource } from './artifact-source.ts';

/** When what happened in the process. To be loaded lazily: only traces need it. */
export default function TimelineView({ capture }: { capture: Capture }) {
  return <TraceViewer source={useArtifactSource(capture)} />;
}
