import type { Instance } from '#contract';

/** Whether what an instance has inside can be read now, as far as is known: connected, with a main thread that answers. */
export function isAnswering(instance: Instance | undefined): boolean {
  if (instance === undefined) return true;
  return instance.connection.state === 'connected' && instance.health.state !== 'stuck';
}
