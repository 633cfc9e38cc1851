'use client';

import type { Capture } from '#contract';
import { ProfileViewer } from '../_viewer/profile-viewer.tsx';
import { useArtifactSource } from './artifact-source.ts';

/** A sampled profile as a flame graph and as a table of functions. To be loaded lazily: it brings the viewer along. */
export default function SampledView({ capture }: { capture: Capture }) {
  return <ProfileViewer source={useArtifactSource(capture)} />;
}
