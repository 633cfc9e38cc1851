import type { FleetResource, Instance, Service } from '#contract';
import type { Messages } from '../_messages/catalogue.ts';
import { reasonOf, toneOf } from './condition.ts';
import { type FleetState, fleetState } from './fleet-state.ts';

/** The state of everything, in a sentence. */
export function fleetSentence(state: FleetState, t: Messages): string {
  const words = t.fleet.sentence;
  switch (state.state) {
    case 'empty':
      return words.empty;
    case 'gone':
      return words.gone(state.instances);
    case 'well':
      return wellSentence(state, t, words.well(state.instances, state.services));
    case 'troubled': {
      const { worst, troubles, services } = state;
      if (troubles.length > 1) return words.several(troubles.length, services);
      // The reason stands beside it, in the list of what needs a look.
      return words.one(worst.instance.name, worst.condition, null);
    }
  }
}

/**
 * The state of everything, what services found wrong in themselves included: an instance can be well and hold what is
 * not. Services are named in the order of the list below it: what is bad, what was found, what may come right by itself.
 */
export function overviewSentence(state: FleetState, findings: readonly FleetResource[], t: Messages): string {
  const [first] = findings;
  if (first === undefined) return fleetSentence(state, t);
  const troubles = state.state === 'troubled' ? state.troubles : [];
  const services = new Map<string, string>();
  for (const { instance, condition } of troubles)
    if (toneOf(condition) === 'bad') services.set(instance.id, instance.service);
  for (const { instanceId, service } of findings) services.set(instanceId, service);
  for (const { instance } of troubles) services.set(instance.id, instance.service);
  if (services.size > 1) return t.fleet.sentence.several(services.size, [...new Set(services.values())]);
  return state.state === 'troubled' ? fleetSentence(state, t) : t.fleet.sentence.found(first.instanceName);
}

/** The state of one service, in a sentence. */
export function serviceSentence(service: Service, t: Messages): string {
  const words = t.fleet.sentence;
  const state = fleetState([service]);
  switch (state.state) {
    case 'empty':
      return words.empty;
    case 'gone':
      return words.serviceGone(service.name, state.instances);
    case 'well':
      return wellSentence(state, t, words.serviceWell(service.name, state.instances));
    case 'troubled': {
      if (state.troubles.length === 1)
        return words.one(state.worst.instance.name, state.worst.condition, whyOf(state.worst.instance, t));
      return words.serviceTroubled(service.name, state.troubles.length, service.instances.length);
    }
  }
}

function wellSentence(state: Extract<FleetState, { state: 'well' }>, t: Messages, allWell: string): string {
  if (state.unknown === 0) return allWell;
  return t.fleet.sentence.wellBut(state.instances - state.unknown, state.instances, state.unknown);
}

/** Why an instance is as it is; null where there is nothing to say beyond its condition. */
export function whyOf(instance: Instance, t: Messages): string | null {
  const { connection, health } = instance;
  if (connection.state === 'connected' && health.state === 'stuck') return t.fleet.stuckIn[health.where];
  return reasonOf(instance);
}
