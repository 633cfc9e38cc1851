import { queryOptions } from '@tanstack/react-query';
import type { FleetResource, InstanceId, ResourceDetail } from '#contract';
import { getJson } from './api.ts';

/** What the server filters resources by. */
export interface ResourceFilter {
  kind?: string;
  service?: string;
  findings?: 'only';
}

/** The event stream does not carry resources: they are asked for while somebody looks at them. */
const RESOURCES_MS = 2000;
const FINDINGS_MS = 3000;

const polled = (everyMs: number) => ({
  refetchInterval: everyMs,
  // What was left and is come back to is asked for at once, not at the next interval.
  staleTime: everyMs,
});

export const resourcesQuery = (filter: ResourceFilter = {}) =>
  queryOptions({
    queryKey: ['resources', filter],
    queryFn: ({ signal }) =>
      getJson<FleetResource[]>(`/resources?${new URLSearchParams({ ...filter })}`, signal),
    ...polled(RESOURCES_MS),
  });

/** Everywhere, what a service says is not as it should be. */
export const findingsQuery = () => ({ ...resourcesQuery({ findings: 'only' }), ...polled(FINDINGS_MS) });

/** A resource with what is in it, read from the instance at that moment: an instance that cannot answer refuses. */
export const resourceDetailQuery = (instanceId: InstanceId, resourceId: string) =>
  queryOptions({
    queryKey: ['resource', instanceId, resourceId],
    queryFn: ({ signal }) =>
      getJson<ResourceDetail>(
        `/instances/${encodeURIComponent(instanceId)}/resources/${encodeURIComponent(resourceId)}`,
        signal,
      ),
    ...polled(RESOURCES_MS),
    // The next question comes soon enough by itself.
    retry: false,
  });
