'use client';

import type { Capture } from '#contract';
import { ActivityView } from '../_viewer/activity/activity-view.tsx';
import { useArtifactSource } from './artifact-source.ts';

/** What was pending in the process. To be loaded lazily: only activities need it. */
export default function PendingView({ capture }: { capture: Capture }) {
  return <ActivityView source={useArtifactSource(capture)} />;
}
