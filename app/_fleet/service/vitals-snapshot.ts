'use client';

import { useEffect, useState } from 'react';
import type { Instance } from '#contract';
import { useVitalsStore } from '../../_data/provider.tsx';
import type { Latest } from '../../_data/vitals-store.ts';

/** A table that is sorted by what changes every second would never stand still. */
const PACE_MS = 3000;

export interface MeasuredInstance {
  instance: Instance;
  vitals: Latest;
}

/** The instances with their vitals as of a moment ago: for sorting and comparing; cells show the present second. */
export function useVitalsSnapshot(instances: readonly Instance[]): MeasuredInstance[] {
  const store = useVitalsStore();
  const [snapshot, setSnapshot] = useState<MeasuredInstance[]>([]);
  useEffect(() => {
    const take = () =>
      setSnapshot(instances.map((instance) => ({ instance, vitals: store.latest(instance.id) ?? NONE })));
    take();
    const timer = setInterval(take, PACE_MS);
    // The first second after the page was opened is not waited for.
    const leave = store.onBatch(() => {
      leave();
      take();
    });
    return () => {
      clearInterval(timer);
      leave();
    };
  }, [instances, store]);
  return snapshot;
}

const NONE: Latest = {};
