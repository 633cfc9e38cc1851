'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Capture, CaptureRequestBody } from '#contract';
import { applyChange } from '../_data/apply-change.ts';
import { requestCapture } from './mutations.ts';

/** What came of starting several: failures do not undo what was started. */
export interface StartOutcome {
  asked: number;
  failures: unknown[];
  /** Where those that started are seen; null when none did. */
  path: string | null;
}

interface StartOrder {
  requests: readonly CaptureRequestBody[];
  service: string;
}

/**
 * A mutation, like everything that changes something: a capture may begin to record before its request is answered, and
 * only of mutations is it known that their answer may be the older news.
 *
 * @param onStarted called with the page to go to when all that was asked for was started
 */
export function useStartCaptures(onStarted: (path: string) => void) {
  const client = useQueryClient();
  const { mutate, isPending, data } = useMutation({
    mutationFn: async ({ requests, service }: StartOrder) => {
      const results = await Promise.allSettled(requests.map(requestCapture));
      const started = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
      const failures = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
      return { started, asked: requests.length, failures, path: pathTo(started, service) };
    },
    onSuccess: ({ started, failures, path }) => {
      for (const capture of started) applyChange(client, { type: 'capture', capture });
      if (failures.length === 0 && path !== null) onStarted(path);
    },
  });
  const outcome: StartOutcome | undefined = data && data.failures.length > 0 ? data : undefined;
  return { start: mutate, isStarting: isPending, outcome };
}

function pathTo(started: readonly Capture[], service: string): string | null {
  const [first, ...others] = started.toSorted((a, b) => a.requestedAt.localeCompare(b.requestedAt));
  if (first === undefined) return null;
  if (others.length === 0) return `/captures/${first.id}`;
  return `/captures?${new URLSearchParams({ service, since: first.requestedAt })}`;
}
