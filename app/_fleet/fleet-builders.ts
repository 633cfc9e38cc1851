import type { Instance, InstanceId, Service } from '#contract';
import type { Condition } from './condition.ts';

const SINCE = '2026-03-05T12:00:00.000Z';

/** An instance in the given condition, for tests. Its id is made of the service and the name. */
export function anInstance(
  service: string,
  name: string,
  condition: Condition = 'well',
  part: Partial<Instance> = {},
): Instance {
  return {
    id: `${service}.${name}` as InstanceId,
    name,
    service,
    version: '1.0.0',
    host: 'host',
    pid: 1,
    startedAt: SINCE,
    address: '127.0.0.1:1',
    source: 'registry',
    labels: {},
    runtime: null,
    ...axesOf(condition),
    lastHeardAt: SINCE,
    threads: [],
    captures: [],
    actionTypes: [],
    ...part,
  };
}

export function aService(name: string, instances: Instance[], part: Partial<Service> = {}): Service {
  return { name, tier: 'other', versions: ['1.0.0'], instances, ...part };
}

function axesOf(condition: Condition): Pick<Instance, 'connection' | 'health'> {
  const since = SINCE;
  const connected = { state: 'connected', since } as const;
  const unknown = { state: 'unknown', since } as const;
  switch (condition) {
    case 'well':
    case 'unknown':
      return { connection: connected, health: { state: condition, since } };
    case 'strained':
      return { connection: connected, health: { state: 'strained', since, reason: 'late' } };
    case 'stuck':
      return { connection: connected, health: { state: 'stuck', since, where: 'js', reason: 'in a loop' } };
    case 'connecting':
      return { connection: { state: 'connecting', since }, health: unknown };
    case 'interrupted':
    case 'refused':
    case 'stopped':
      return { connection: { state: condition, since, reason: 'a reason' }, health: unknown };
    case 'dead':
      return {
        connection: { state: 'dead', since, evidence: 'silent', reason: 'nothing was heard' },
        health: unknown,
      };
  }
}
