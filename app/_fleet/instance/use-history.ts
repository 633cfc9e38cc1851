'use client';

import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useReducer } from 'react';
import type { InstanceId } from '#contract';
import { useVitalsStore } from '../../_data/provider.tsx';
import { vitalsHistoryQuery } from '../../_data/queries.ts';
import { InstanceHistory } from './history.ts';

/** @returns the history, and a number that rises with everything that is added to it */
export function useHistory(id: InstanceId) {
  const history = useMemo(() => new InstanceHistory(id), [id]);
  const [version, changed] = useReducer((count: number) => count + 1, 0);
  const vitals = useVitalsStore();
  const query = useQuery(vitalsHistoryQuery(id));
  useEffect(() => {
    if (query.data === undefined) return;
    history.load(query.data);
    changed();
  }, [history, query.data]);
  useEffect(
    () =>
      vitals.onBatch((batch) => {
        if (history.take(batch)) changed();
      }),
    [vitals, history],
  );
  return { history, version, query };
}
