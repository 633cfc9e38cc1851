import type { InstanceId, Service } from '#contract';

/** Whose vitals come in. */
export function connectedIds(services: readonly Service[]): InstanceId[] {
  return services
    .flatMap((service) => service.instances)
    .filter(({ connection }) => connection.state === 'connected')
    .map(({ id }) => id);
}
