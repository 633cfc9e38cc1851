import {
  InstanceNotFound,
  InstanceUnreachable,
  KindUnavailable,
  ServiceNotFound,
  ThreadNotFound,
} from '../errors.ts';
import type { CaptureRequest, Instance, InstanceId } from '../http/contract/index.ts';
import type { InstanceDirectory } from '../instances/index.ts';

/**
 * The instance that a wish is about. Of a service, the connected instance whose main thread uses the most CPU:
 * whoever asks about a service wants to see where the load is.
 *
 * @throws InstanceNotFound, ServiceNotFound, InstanceUnreachable, KindUnavailable, ThreadNotFound
 */
export function chooseInstance(instances: InstanceDirectory, wish: CaptureRequest): Instance {
  const instance =
    'instanceId' in wish ? namedInstance(instances, wish.instanceId) : busiest(instances, wish.service);
  checkCapability(instance, wish);
  const isThreadThere = wish.thread === 'main' || instance.threads.some(({ id }) => id === wish.thread);
  if (!isThreadThere) throw new ThreadNotFound(instance.id, wish.thread);
  return instance;
}

function namedInstance(instances: InstanceDirectory, id: InstanceId): Instance {
  const instance = instances.find(id);
  if (!instance) throw new InstanceNotFound(id);
  const { connection } = instance;
  if (connection.state === 'connected') return instance;
  const reason = 'reason' in connection ? `: ${connection.reason.replace(/\.$/, '')}` : '';
  throw new InstanceUnreachable(instance.name, `it is ${connection.state}${reason}`);
}

function busiest(instances: InstanceDirectory, service: string): Instance {
  const all = instances.list().filter((instance) => instance.service === service);
  if (all.length === 0) throw new ServiceNotFound(service);
  const connected = all.filter((instance) => instance.connection.state === 'connected');
  const load = ({ id }: Instance) => instances.latestVital(id, 'mainThreadCpuCores') ?? -1;
  const [chosen] = connected.sort((a, b) => load(b) - load(a) || (a.id < b.id ? -1 : 1));
  if (!chosen) throw new InstanceUnreachable(service, 'none of its instances is connected');
  return chosen;
}

function checkCapability(instance: Instance, { kind }: CaptureRequest): void {
  const capability = instance.captures.find((offered) => offered.kind === kind);
  if (!capability) throw new KindUnavailable(kind, instance.name, 'its agent does not offer it.');
  if (!capability.available) throw new KindUnavailable(kind, instance.name, capability.reason);
}
