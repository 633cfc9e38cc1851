'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
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

/** @param onStarted called with the page to go to when all that was asked for was started */
export function useStartCaptures(onStarted: (path: string) => void) {
  const client = useQueryClient();
  const [isStarting, setStarting] = useState(false);
  const [outcome, setOutcome] = useState<StartOutcome | null>(null);
  async function start(requests: readonly CaptureRequestBody[], service: string): Promise<void> {
    setStarting(true);
    setOutcome(null);
    const results = await Promise.allSettled(requests.map(requestCapture));
    const started = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
    const failures = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
    for (const capture of started) applyChange(client, { type: 'capture', capture });
    setStarting(false);
    const path = pathTo(started, service);
    if (failures.length === 0 && path !== null) onStarted(path);
    else setOutcome({ asked: requests.length, failures, path });
  }
  return { start, isStarting, outcome };
}

function pathTo(started: readonly Capture[], service: string): string | null {
  const [first, ...others] = started.toSorted((a, b) => a.requestedAt.localeCompare(b.requestedAt));
  if (first === undefined) return null;
  if (others.length === 0) return `/captures/${first.id}`;
  return `/captures?${new URLSearchParams({ service, since: first.requestedAt })}`;
}
