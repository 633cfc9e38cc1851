'use client';

import { useMemo } from 'react';
import type { Capture } from '#contract';
import { apiUrl } from '../_data/api.ts';
import { ProfileViewer } from '../_viewer/profile-viewer.tsx';
import { endingOf } from './artifact-forms.ts';

/** A sampled profile as a flame graph and as a table of functions. To be loaded lazily: it brings the viewer along. */
export default function SampledView({ capture }: { capture: Capture }) {
  const { id, artifact, instanceName, kind } = capture;
  const sizeBytes = artifact?.sizeBytes ?? 0;
  const mediaType = artifact?.mediaType ?? '';
  const source = useMemo(
    () => ({
      artifactUrl: apiUrl(`/captures/${id}/artifact`),
      mediaType,
      kind,
      sizeBytes,
      fileName: `${instanceName}-${id}.${endingOf(mediaType)}`,
    }),
    [id, mediaType, kind, sizeBytes, instanceName],
  );
  return <ProfileViewer source={source} />;
}
