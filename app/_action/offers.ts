import type { Action, Instance, InstanceId, Service } from '#contract';

/** What an action is to be done with: some instances, or all of a service that offer it. */
export type ActionSubject = { instances: readonly Instance[] } | { service: Service };

/** Asks for one dialog: what to do, to whom, and with which parameters where they are known already. */
export interface ActionWish {
  type: string;
  service: string;
  /** Null for every instance of the service that is connected and offers it. */
  instanceIds: readonly InstanceId[] | null;
  /** What the page calls it until the preview says it. */
  title?: string | undefined;
  params?: Readonly<Record<string, unknown>> | undefined;
}

export type Availability =
  | { state: 'able'; instances: readonly Instance[] }
  /** Offered by instances that cannot be reached now. */
  | { state: 'offline'; instances: readonly Instance[] }
  | { state: 'not-offered' };

export function instancesOf(subject: ActionSubject): readonly Instance[] {
  return 'service' in subject ? subject.service.instances : subject.instances;
}

/** Who could do it now. What an instance offers is known from its last hello, also while it cannot be reached. */
export function availabilityOf(instances: readonly Instance[], type: string): Availability {
  const offering = instances.filter(({ actionTypes }) => actionTypes.includes(type));
  const able = offering.filter(isConnected);
  if (able.length > 0) return { state: 'able', instances: able };
  return offering.length > 0 ? { state: 'offline', instances: offering } : { state: 'not-offered' };
}

/** Each type that any living instance offers, with one to ask what it is: connected where there is such a one. */
export function offeredTypes(instances: readonly Instance[]): { type: string; instance: Instance }[] {
  const offered = new Map<string, Instance>();
  for (const instance of instances) {
    if (instance.connection.state === 'dead' || instance.connection.state === 'stopped') continue;
    for (const type of instance.actionTypes) {
      const known = offered.get(type);
      if (known === undefined || (!isConnected(known) && isConnected(instance))) offered.set(type, instance);
    }
  }
  return [...offered]
    .map(([type, instance]) => ({ type, instance }))
    .sort((a, b) => a.type.localeCompare(b.type));
}

/**
 * The same once more, after the instances may have been replaced: a restarted process is a new instance under the same
 * name. Null when nobody is left that could do it.
 */
export function wishAgain(
  action: Pick<Action, 'type' | 'title' | 'params' | 'parts'>,
  services: readonly Service[],
): ActionWish | null {
  const ids: InstanceId[] = [];
  for (const part of action.parts) {
    const siblings = services.find(({ name }) => name === part.service)?.instances ?? [];
    const { type } = action;
    const able = siblings.filter((one) => isConnected(one) && one.actionTypes.includes(type));
    const found =
      able.find(({ id }) => id === part.instanceId) ?? able.find(({ name }) => name === part.instanceName);
    if (found !== undefined) ids.push(found.id);
  }
  const [first] = action.parts;
  if (first === undefined || ids.length === 0) return null;
  return {
    type: action.type,
    service: first.service,
    instanceIds: ids,
    title: action.title,
    params: action.params,
  };
}

function isConnected({ connection }: Pick<Instance, 'connection'>): boolean {
  return connection.state === 'connected';
}
