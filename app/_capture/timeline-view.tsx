'use client';

import { useMemo } from 'react';
import type { Capture } from '#contract';
import { TraceViewer } from '../_viewer/trace/trace-viewer.tsx';
import { useArtifactSource } from './artifact-source.ts';
import { TakeBoth } from './take-both.tsx';
import { useCpuBeside } from './use-cpu-beside.ts';

/** When what happened in the process. To be loaded lazily: only traces need it. */
export default function TimelineView({ capture }: { capture: Capture }) {
  const captures = useCpuBeside(capture);
  const beside = useMemo(() => ({ captures, takeBoth: <TakeBoth capture={capture} /> }), [captures, capture]);
  return <TraceViewer source={useArtifactSource(capture)} beside={beside} />;
}
