'use client';

import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Instance, InstanceId } from '#contract';
import { servicesQuery } from '../_data/queries.ts';

/** All instances by their ids. */
export function useInstances(): ReadonlyMap<InstanceId, Instance> {
  const { data } = useQuery(servicesQuery());
  return useMemo(
    () =>
      new Map(
        data?.flatMap(({ instances }) => instances).map((instance) => [instance.id, instance] as const),
      ),
    [data],
  );
}
