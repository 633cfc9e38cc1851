'use client';

import { useMemo } from 'react';
import type { Capture } from '#contract';
import { apiUrl } from '../_data/api.ts';
import type { ArtifactSource } from '../_viewer/loading/protocol.ts';
import { endingOf } from './artifact-forms.ts';

/** Where the artifact of the capture is, for what draws it; the same object as long as it is the same artifact. */
export function useArtifactSource({
  id,
  artifact,
  instanceName,
  kind,
  requestedAt,
}: Capture): ArtifactSource {
  const sizeBytes = artifact?.sizeBytes ?? 0;
  const mediaType = artifact?.mediaType ?? '';
  return useMemo(
    () => ({
      from: 'artifact',
      artifactUrl: apiUrl(`/captures/${id}/artifact`),
      sourceUrl: apiUrl(`/captures/${id}/source`),
      capturedAt: requestedAt,
      mediaType,
      kind,
      sizeBytes,
      fileName: `${instanceName}-${id}.${endingOf(mediaType)}`,
    }),
    [id, mediaType, kind, sizeBytes, instanceName, requestedAt],
  );
}
