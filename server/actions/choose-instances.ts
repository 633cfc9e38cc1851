import { ActionUnavailable, InstanceNotFound, ServiceNotFound, TooManyInstances } from '../errors.ts';
import type { ActionOffer, ActionPreviewRequest, Instance } from '../http/contract/index.ts';
import type { InstanceDirectory } from '../instances/index.ts';
import { LIMITS } from './limits.ts';

export interface Candidate {
  instance: Instance;
  /** undefined: the instance does not offer the action. */
  offer: ActionOffer | undefined;
}

type Directory = Pick<InstanceDirectory, 'list' | 'findDetail'>;

/**
 * The instances that a wish is about. Of a service, every connected one that offers the action; those that are named are
 * all answered, also those that cannot do it, so that it can be said why.
 *
 * @throws InstanceNotFound, ServiceNotFound, ActionUnavailable, TooManyInstances
 */
export function chooseInstances(instances: Directory, wish: ActionPreviewRequest): Candidate[] {
  const candidates =
    'instanceIds' in wish
      ? [...new Set(wish.instanceIds)].map((id) => {
          const detail = instances.findDetail(id);
          if (!detail) throw new InstanceNotFound(id);
          return { instance: detail, offer: detail.actions.find(({ type }) => type === wish.type) };
        })
      : ofService(instances, wish.service, wish.type);
  if (candidates.length > LIMITS.parts) throw new TooManyInstances(candidates.length, LIMITS.parts);
  if (!candidates.some(({ offer }) => offer)) {
    throw new ActionUnavailable(wish.type, 'none of these instances offers it');
  }
  return candidates;
}

function ofService(instances: Directory, service: string, type: string): Candidate[] {
  const all = instances.list().filter((instance) => instance.service === service);
  if (all.length === 0) throw new ServiceNotFound(service);
  const connected = all.filter(({ connection }) => connection.state === 'connected');
  if (connected.length === 0) {
    throw new ActionUnavailable(type, `no instance of ${service} is connected`);
  }
  return connected.flatMap((instance) => {
    const offer = instances.findDetail(instance.id)?.actions.find((offered) => offered.type === type);
    return offer ? [{ instance, offer }] : [];
  });
}
