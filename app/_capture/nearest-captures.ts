import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Capture, CaptureKind } from '#contract';
import { capturesQuery } from '../_data/queries.ts';

/** More of them say nothing that the nearest do not. */
const MOST = 3;

/** Finished captures of another kind of the same instance and thread, the nearest in time first. Undefined until they are known. */
export function useNearestCaptures(capture: Capture, kind: CaptureKind): readonly Capture[] | undefined {
  const { data, isError } = useInfiniteQuery(capturesQuery({ instanceId: capture.instanceId, kind }));
  return useMemo(() => {
    if (data === undefined) return isError ? [] : undefined;
    return nearestTo(
      capture,
      data.pages.flatMap(({ captures }) => captures),
    ).slice(0, MOST);
  }, [data, isError, capture]);
}

/** Those with an artifact, by how far from the capture they were requested. */
export function nearestTo<Other extends Pick<Capture, 'id' | 'requestedAt' | 'artifact' | 'thread'>>(
  capture: Pick<Capture, 'id' | 'requestedAt' | 'thread'>,
  others: readonly Other[],
): Other[] {
  const apart = ({ requestedAt }: Other) => Math.abs(apartMs(capture, { requestedAt }));
  return others
    .filter(({ id, artifact, thread }) => id !== capture.id && artifact !== null && thread === capture.thread)
    .toSorted((a, b) => apart(a) - apart(b));
}

/** How much later the other was requested; negative when it was earlier. In milliseconds. */
export function apartMs(capture: Pick<Capture, 'requestedAt'>, other: Pick<Capture, 'requestedAt'>): number {
  return Date.parse(other.requestedAt) - Date.parse(capture.requestedAt);
}
