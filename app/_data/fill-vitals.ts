'use client';

import { useEffect, useRef } from 'react';
import type { InstanceId, VitalsHistory } from '#contract';
import { getJson } from './api.ts';
import { useVitalsStore } from './provider.tsx';
import { HISTORY_SECONDS } from './vitals-store.ts';

/** Beyond this many instances, the lines begin when the page is opened: one request each would be a burden. */
const MOST_INSTANCES = 32;

/** Gives the sparklines of a few instances the minutes before the page was opened, once. */
export function useFillVitals(ids: readonly InstanceId[]): void {
  const vitals = useVitalsStore();
  const filled = useRef(new Set<InstanceId>());
  useEffect(() => {
    const missing = ids.filter((id) => !filled.current.has(id));
    if (missing.length === 0 || filled.current.size + missing.length > MOST_INSTANCES) return;
    const since = new Date(Date.now() - HISTORY_SECONDS * 1000).toISOString();
    for (const id of missing) {
      filled.current.add(id);
      getJson<VitalsHistory>(`/instances/${id}/vitals?since=${since}`)
        .then((history) => vitals.fill(id, history))
        // A line that begins later is all that is lost.
        .catch(() => {});
    }
  }, [ids, vitals]);
}
