import { type Instance, type Service, TIERS } from '../http/contract/index.ts';

/** The instances by service, in the order in which services are listed: by tier, then by name. */
export function toServices(instances: readonly Instance[]): Service[] {
  const byName = Map.groupBy(instances, (instance) => instance.service);
  return [...byName.entries()].map(toService).sort(compareServices);
}

function toService([name, instances]: [string, Instance[]]): Service {
  return {
    name,
    tier: TIERS.find((tier) => instances.some((instance) => instance.labels.tier === tier)) ?? 'other',
    versions: [...new Set(instances.filter(isThere).map((instance) => instance.version))].sort(),
    instances: instances.sort((a, b) => compare(a.name, b.name) || compare(b.startedAt, a.startedAt)),
  };
}

/** A version that only the dead had is no version of the service any more. */
function isThere({ connection }: Instance): boolean {
  return connection.state !== 'dead' && connection.state !== 'stopped';
}

function compareServices(a: Service, b: Service): number {
  return TIERS.indexOf(a.tier) - TIERS.indexOf(b.tier) || compare(a.name, b.name);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
