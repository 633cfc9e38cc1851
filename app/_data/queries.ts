import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type {
  Action,
  ActionId,
  ActionList,
  Capture,
  CaptureId,
  CaptureKind,
  CaptureList,
  InstanceDetail,
  InstanceId,
  Service,
  System,
  TimelineEvent,
  VitalsHistory,
} from '#contract';
import { getJson } from './api.ts';

/** What the server filters captures by. */
export interface CaptureFilter {
  service?: string;
  instanceId?: InstanceId;
  kind?: CaptureKind;
  /** ISO 8601 */
  since?: string;
}

/** What the server filters actions by. */
export interface ActionFilter {
  type?: string;
  service?: string;
  instanceId?: InstanceId;
}

export interface TimelineFilter {
  service?: string;
  instanceId?: InstanceId;
}

const CAPTURES_PER_PAGE = 200;
/** An action carries its preview and its history, so a page of them is shorter. */
const ACTIONS_PER_PAGE = 50;
export const TIMELINE_LENGTH = 200;
/** The event feed keeps everything fresh; what it does not carry (resources) is asked for at this pace. */
const DETAIL_REFRESH_MS = 5000;

export const servicesQuery = () =>
  queryOptions({ queryKey: ['services'], queryFn: ({ signal }) => getJson<Service[]>('/services', signal) });

export const systemQuery = () =>
  queryOptions({ queryKey: ['system'], queryFn: ({ signal }) => getJson<System>('/system', signal) });

export const instanceQuery = (id: InstanceId) =>
  queryOptions({
    queryKey: ['instance', id],
    queryFn: ({ signal }) => getJson<InstanceDetail>(`/instances/${encodeURIComponent(id)}`, signal),
    refetchInterval: DETAIL_REFRESH_MS,
  });

export const vitalsHistoryQuery = (id: InstanceId) =>
  queryOptions({
    queryKey: ['vitals-history', id],
    queryFn: ({ signal }) => getJson<VitalsHistory>(`/instances/${encodeURIComponent(id)}/vitals`, signal),
    gcTime: 0,
  });

export const capturesQuery = (filter: CaptureFilter = {}) =>
  infiniteQueryOptions({
    queryKey: ['captures', filter],
    queryFn: ({ signal, pageParam }) =>
      getJson<CaptureList>(
        `/captures?${new URLSearchParams({
          ...filter,
          limit: String(CAPTURES_PER_PAGE),
          ...(pageParam === null ? {} : { before: pageParam }),
        })}`,
        signal,
      ),
    initialPageParam: null as CaptureId | null,
    getNextPageParam: (last) => last.nextBefore,
  });

export const captureQuery = (id: CaptureId) =>
  queryOptions({
    queryKey: ['capture', id],
    queryFn: ({ signal }) => getJson<Capture>(`/captures/${encodeURIComponent(id)}`, signal),
  });

export const actionsQuery = (filter: ActionFilter = {}) =>
  infiniteQueryOptions({
    queryKey: ['actions', filter],
    queryFn: ({ signal, pageParam }) =>
      getJson<ActionList>(
        `/actions?${new URLSearchParams({
          ...filter,
          limit: String(ACTIONS_PER_PAGE),
          ...(pageParam === null ? {} : { before: pageParam }),
        })}`,
        signal,
      ),
    initialPageParam: null as ActionId | null,
    getNextPageParam: (last) => last.nextBefore,
  });

export const actionQuery = (id: ActionId) =>
  queryOptions({
    queryKey: ['action', id],
    queryFn: ({ signal }) => getJson<Action>(`/actions/${encodeURIComponent(id)}`, signal),
  });

export const timelineQuery = (filter: TimelineFilter = {}) =>
  queryOptions({
    queryKey: ['timeline', filter],
    queryFn: async ({ signal }) => {
      const query = new URLSearchParams({ ...filter, limit: String(TIMELINE_LENGTH) });
      const events = await getJson<TimelineEvent[]>(`/timeline?${query}`, signal);
      return events.toSorted((a, b) => b.sequence - a.sequence);
    },
  });
