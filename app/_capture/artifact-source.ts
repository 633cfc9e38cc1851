'use client';

import { useMemo } from 'react';
import type { Capture } from '#contract';
import { apiUrl } from '../_data/api.ts';
import type { ArtifactSource } from '../_viewer/loading/protocol.ts';
import { endingOf } from './artifact-forms.ts';

type SourceOf = Pick<Capture, 'id' | 'artifact' | 'instanceName' | 'kind' | 'requestedAt'>;

/** Where the artifact of the capture is, for what draws it. */
export function artifactSourceOf({
  id,
  artifact,
  instanceName,
  kind,
  requestedAt,
}: SourceOf): ArtifactSource {
  const mediaType = artifact?.mediaType ?? '';
  return {
    from: 'artifact',
    artifactUrl: apiUrl(`/captures/${id}/artifact`),
    sourceUrl: apiUrl(`/captures/${id}/source`),
    capturedAt: requestedAt,
    mediaType,
    kind,
    sizeBytes: artifact?.sizeBytes ?? 0,
    fileName: `${instanceName}-${id}.${endingOf(mediaType)}`,
  };
}

/** The same object as long as it is the same artifact. */
export function useArtifactSource({
  id,
  artifact,
  instanceName,
  kind,
  requestedAt,
}: Capture): ArtifactSource {
  const sha256 = artifact?.sha256;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the hash stands for the artifact, which is told anew with every event
  return useMemo(
    () => artifactSourceOf({ id, artifact, instanceName, kind, requestedAt }),
    [id, sha256, instanceName, kind, requestedAt],
  );
}
