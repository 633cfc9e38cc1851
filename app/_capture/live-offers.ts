'use client';

import { queryOptions, useQueries } from '@tanstack/react-query';
import type { CaptureOffers, Instance, InstanceId } from '#contract';
import { getJson } from '../_data/api.ts';

/** While somebody looks at the prices. */
const ASK_EVERY_MS = 5000;
/** Of more instances than these, what they last told is good enough. */
const MOST_ASKED = 16;

const captureOffersQuery = (id: InstanceId) =>
  queryOptions({
    queryKey: ['capture-offers', id],
    queryFn: ({ signal }) => getJson<CaptureOffers>(`/instances/${encodeURIComponent(id)}/captures`, signal),
    refetchInterval: ASK_EVERY_MS,
    staleTime: ASK_EVERY_MS,
    // The next question comes soon enough by itself.
    retry: false,
  });

export interface LiveOffers {
  /** The instances, with what they say now in place of what they said when they were last described. */
  instances: Instance[];
  /** Whether what is shown of each is of now; `asking` until all have been asked once. */
  state: 'current' | 'asking' | 'old';
}

/** Asks instances what they offer, for as long as somebody looks. */
export function useLiveOffers(instances: readonly Instance[]): LiveOffers {
  const asked = instances.filter(({ connection }) => connection.state === 'connected').slice(0, MOST_ASKED);
  const answers = useQueries({ queries: asked.map(({ id }) => captureOffersQuery(id)) });
  const offers = new Map(asked.map(({ id }, index) => [id, answers[index]?.data]));
  const isAsking = answers.some(({ isPending }) => isPending);
  const isCurrent =
    asked.length === instances.length && answers.every(({ data, isError }) => data?.isCurrent && !isError);
  return {
    instances: instances.map((instance) => ({
      ...instance,
      captures: offers.get(instance.id)?.captures ?? instance.captures,
    })),
    state: isAsking ? 'asking' : isCurrent ? 'current' : 'old',
  };
}
