'use client';

import { useMemo } from 'react';
import type { Capture } from '#contract';
import { apiUrl } from '../_data/api.ts';
import { ProfileViewer } from '../_viewer/profile-viewer.tsx';

/** A sampled profile as a flame graph and as a table of functions. To be loaded lazily: it brings the viewer along. */
export default function SampledView({ capture }: { capture: Capture }) {
  const { id, artifact, instanceName, kind } = capture;
  const sizeBytes = artifact?.sizeBytes ?? 0;
  const source = useMemo(
    () => ({
      artifactUrl: apiUrl(`/captures/${id}/artifact`),
      sizeBytes,
      fileName: `${instanceName}-${id}.${kind}profile`,
    }),
    [id, sizeBytes, instanceName, kind],
  );
  return <ProfileViewer source={source} />;
}
