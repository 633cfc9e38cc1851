import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo, useRef } from 'react';
import type { Capture } from '#contract';
import { capturesQuery } from '../_data/queries.ts';
import { useWords } from '../_messages/words.tsx';
import type { CpuCapture } from '../_viewer/trace/cpu-samples.tsx';
import { artifactSourceOf } from './artifact-source.ts';

/** The longest that a capture can take. */
const LONGEST_MS = 3_600_000;

/**
 * The CPU profiles of the instance that may have been recorded while the capture was: between the request and the end of each lies
 * its recording. Whether they were is said by the artifacts, which have the clock of the process. Undefined until it is known.
 */
export function useCpuBeside({
  instanceId,
  requestedAt,
  status,
}: Capture): readonly CpuCapture[] | undefined {
  const { f } = useWords();
  const known = useRef(new Map<string, CpuCapture>());
  const since = new Date(Date.parse(requestedAt) - LONGEST_MS).toISOString();
  const { data, isError } = useInfiniteQuery(capturesQuery({ instanceId, kind: 'cpu', since }));
  return useMemo(() => {
    if (data === undefined) return isError ? [] : undefined;
    return data.pages.flatMap(({ captures }) =>
      captures.flatMap((other) => {
        if (other.requestedAt >= status.since || other.status.since <= requestedAt) return [];
        if (other.status.state !== 'complete' || other.artifact === null) return [];
        // Artifacts do not change, whatever else of a capture does; another object would be read again.
        const beside = known.current.get(other.id) ?? {
          id: other.id,
          title: `${other.thread}, ${f.clock(Date.parse(other.requestedAt))}`,
          source: artifactSourceOf(other),
          path: `/captures/${other.id}`,
        };
        known.current.set(other.id, beside);
        return [beside];
      }),
    );
  }, [data, isError, requestedAt, status.since, f]);
}
