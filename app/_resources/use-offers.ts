'use client';

import { useQueries } from '@tanstack/react-query';
import type { ActionOffer, InstanceId } from '#contract';
import { instanceQuery } from '../_data/queries.ts';

/** Each instance is asked by itself, once: beyond so many, what it offers is asked for when a row is opened. */
const MOST_INSTANCES = 16;

/** What instances offer to be done, as far as they were asked. */
export function useOffers(ids: readonly InstanceId[]): ReadonlyMap<InstanceId, readonly ActionOffer[]> {
  const asked = [...new Set(ids)].slice(0, MOST_INSTANCES);
  return useQueries({
    queries: asked.map((id) => ({ ...instanceQuery(id), refetchInterval: false as const })),
    combine: (results) =>
      new Map(results.flatMap(({ data }) => (data === undefined ? [] : [[data.id, data.actions] as const]))),
  });
}
