import type { Finding, FleetResource, InstanceId, Resource } from '#contract';

const AT = '2026-03-05T12:00:00.000Z';

/** A resource, for tests. */
export function aResource(id: string, part: Partial<Resource> = {}): Resource {
  return {
    id,
    kind: id.split(':')[0] ?? id,
    name: id,
    description: '',
    at: AT,
    measures: [],
    error: null,
    finding: null,
    ...part,
  };
}

/** A pool of connections to a game, with measures given as numbers; times are in seconds. */
export function aPool(
  instance: string,
  game: string,
  part: Partial<Resource> = {},
  figures: Readonly<Record<string, number>> = {},
): FleetResource {
  const measures = Object.entries(figures).map(([name, value]) => ({
    name,
    value,
    unit: name === 'longest idle' ? 's' : '1',
  }));
  return {
    instanceId: `${instance}.0123456789` as InstanceId,
    instanceName: instance,
    service: 'bg-gate',
    resource: aResource(`pool:${game}`, { kind: 'pool', name: `Connections to ${game}`, measures, ...part }),
  };
}

export function aFinding(sentence: string, action: Finding['action'] = null): Finding {
  return { sentence, action };
}
