'use client';

import { useEffect, useRef } from 'react';
import type { InstanceId, Service, VitalsHistory } from '#contract';
import { getJson } from '../_data/api.ts';
import { useVitalsStore } from '../_data/provider.tsx';
import { HISTORY_SECONDS } from '../_data/vitals-store.ts';

/** Beyond this many instances, the lines begin when the page is opened: one request each would be a burden. */
const MOST_INSTANCES = 32;

/** Gives the sparklines of a small fleet the minutes before the page was opened, once, when the browser has time. */
export function useFillVitals(services: readonly Service[] | undefined): void {
  const vitals = useVitalsStore();
  const filled = useRef(new Set<InstanceId>());
  useEffect(() => {
    const missing = (services ?? [])
      .flatMap((service) => service.instances)
      .filter(({ id, connection }) => connection.state === 'connected' && !filled.current.has(id));
    if (missing.length === 0 || filled.current.size + missing.length > MOST_INSTANCES) return;
    for (const { id } of missing) filled.current.add(id);
    const since = new Date(Date.now() - HISTORY_SECONDS * 1000).toISOString();
    for (const { id } of missing)
      getJson<VitalsHistory>(`/instances/${id}/vitals?since=${since}`)
        .then((history) => vitals.fill(id, history))
        // A line that begins later is all that is lost.
        .catch(() => {});
  }, [services, vitals]);
}
