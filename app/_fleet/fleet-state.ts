import type { Instance, Service } from '#contract';
import { type Condition, conditionOf, isGone, isReplaced, toneOf, urgencyOf } from './condition.ts';

export interface Trouble {
  instance: Instance;
  condition: Condition;
}

/** What the first line of a page says. */
export type FleetState =
  | { state: 'empty' }
  | { state: 'well'; services: number; instances: number; unknown: number }
  | { state: 'troubled'; services: string[]; worst: Trouble; troubles: Trouble[] }
  /** All instances have stopped by themselves. */
  | { state: 'gone'; instances: number };

/**
 * Troubles come with the most urgent first. What was replaced by a younger process of the same name is over, and what
 * stopped in good order is no trouble.
 */
export function fleetState(services: readonly Service[]): FleetState {
  const troubles: Trouble[] = [];
  let living = 0;
  let livingServices = 0;
  let unknown = 0;
  let stopped = 0;
  for (const service of services) {
    let any = false;
    for (const instance of service.instances) {
      const condition = conditionOf(instance);
      const tone = toneOf(condition);
      if (tone === 'gone') stopped += 1;
      if (tone === 'gone' || (condition === 'dead' && isReplaced(instance, service.instances))) continue;
      any = true;
      living += 1;
      if (tone === 'unknown') unknown += 1;
      if (tone === 'bad' || tone === 'attention') troubles.push({ instance, condition });
    }
    if (any) livingServices += 1;
  }
  if (services.length === 0) return { state: 'empty' };
  if (living === 0) return { state: 'gone', instances: stopped };
  troubles.sort(
    (a, b) =>
      urgencyOf(a.condition) - urgencyOf(b.condition) || a.instance.name.localeCompare(b.instance.name),
  );
  const [worst] = troubles;
  if (worst === undefined) return { state: 'well', services: livingServices, instances: living, unknown };
  return {
    state: 'troubled',
    worst,
    troubles,
    services: [...new Set(troubles.map((t) => t.instance.service))],
  };
}

/** The instances of a service that are alive as far as we know. */
export function livingOf(service: Service): Instance[] {
  return service.instances.filter((instance) => !isGone(conditionOf(instance)));
}

/** The one condition that stands for a whole service: its worst. */
export function conditionOfService(service: Service): Condition {
  const state = fleetState([service]);
  if (state.state === 'troubled') return state.worst.condition;
  return state.state === 'well' ? 'well' : 'stopped';
}
