import type { InstanceId, Resource } from '#contract';

/** A resource among those of all instances, as it stands in addresses. */
export function resourceKey(instanceId: InstanceId, resourceId: string): string {
  return `${instanceId}/${resourceId}`;
}

/** Where a resource is shown opened. */
export function resourceHref(instanceId: InstanceId, { id, kind }: Pick<Resource, 'id' | 'kind'>): string {
  const open = new URLSearchParams({ open: resourceKey(instanceId, id) });
  return kind === 'pool' ? `/pools?${open}` : `/instances/${instanceId}?${open}`;
}
