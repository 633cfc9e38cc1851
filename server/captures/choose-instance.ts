import {
  ConsentMissing,
  InstanceNotFound,
  InstanceUnreachable,
  KindUnavailable,
  ServiceNotFound,
  ThreadNotFound,
} from '../errors.ts';
import type { CaptureCapability, CaptureRequest, Instance, InstanceId } from '../http/contract/index.ts';
import { type InstanceDirectory, toUnreachable } from '../instances/index.ts';

/**
 * The instance that a wish is about. Of a service, the connected instance whose main thread uses the most CPU, of
 * those that can take this kind: whoever asks about a service wants to see where the load is. One that need not stop
 * for it comes first.
 *
 * @throws InstanceNotFound, ServiceNotFound, InstanceUnreachable, KindUnavailable, ConsentMissing, ThreadNotFound
 */
export function chooseInstance(instances: InstanceDirectory, wish: CaptureRequest): Instance {
  const instance =
    'instanceId' in wish ? namedInstance(instances, wish.instanceId) : busiest(instances, wish.service, wish);
  const isThreadThere = wish.thread === 'main' || instance.threads.some(({ id }) => id === wish.thread);
  if (!isThreadThere) throw new ThreadNotFound(instance.id, wish.thread);
  checkCapability(instance, wish);
  return instance;
}

function namedInstance(instances: InstanceDirectory, id: InstanceId): Instance {
  const instance = instances.find(id);
  if (!instance) throw new InstanceNotFound(id);
  if (instance.connection.state !== 'connected') throw toUnreachable(instance);
  return instance;
}

function busiest(instances: InstanceDirectory, service: string, wish: CaptureRequest): Instance {
  const all = instances.list().filter((instance) => instance.service === service);
  if (all.length === 0) throw new ServiceNotFound(service);
  const connected = all.filter((instance) => instance.connection.state === 'connected');
  const load = ({ id }: Instance) => instances.latestVital(id, 'mainThreadCpuCores') ?? -1;
  const [chosen] = connected.sort(
    (a, b) => aptness(b, wish) - aptness(a, wish) || load(b) - load(a) || (a.id < b.id ? -1 : 1),
  );
  if (!chosen) throw new InstanceUnreachable(service, 'none of its instances is connected');
  return chosen;
}

/** How well it can take the wish: 2 just so, 1 when somebody agrees to a pause, 0 not at all. */
function aptness(instance: Instance, wish: CaptureRequest): number {
  const capability = capabilityOf(instance, wish);
  if (!capability?.available) return 0;
  return capability.needsConsent === null ? 2 : 1;
}

function checkCapability(instance: Instance, wish: CaptureRequest): void {
  const { kind, thread, options } = wish;
  const capability = capabilityOf(instance, wish);
  if (!capability) throw new KindUnavailable(kind, instance.name, 'its agent does not offer it.');
  if (!capability.available) throw new KindUnavailable(kind, instance.name, capability.reason);
  const { mainThreadOnlyReason, needsConsent } = capability;
  if (thread !== 'main' && mainThreadOnlyReason !== null)
    throw new KindUnavailable(kind, `${thread} of ${instance.name}`, mainThreadOnlyReason);
  if (needsConsent !== null && !options.consentToPause)
    throw new ConsentMissing(kind, instance.name, needsConsent);
}

function capabilityOf(instance: Instance, { kind }: CaptureRequest): CaptureCapability | undefined {
  return instance.captures.find((offered) => offered.kind === kind);
}
