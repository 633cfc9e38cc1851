import type { Instance, Service, Tier } from '#contract';
import { matches } from '../../_ui/match.ts';
import { conditionOf, isReplaced, shownDeadUntil, toneOf, urgencyOf } from '../condition.ts';

export type OverviewRow =
  | { row: 'tier'; tier: Tier; services: number }
  | { row: 'service'; service: Service };

const TIER_ORDER: readonly Tier[] = ['edge', 'game', 'data', 'other'];

/** Services under the headings of their tiers, by name. A filter keeps services by their name or their instances'. */
export function overviewRows(services: readonly Service[], filter: string): OverviewRow[] {
  const rows: OverviewRow[] = [];
  for (const tier of TIER_ORDER) {
    const found = services
      .filter((service) => service.tier === tier && isFound(service, filter))
      .sort((a, b) => a.name.localeCompare(b.name, undefined, { numeric: true }));
    if (found.length === 0) continue;
    rows.push({ row: 'tier', tier, services: found.length });
    for (const service of found) rows.push({ row: 'service', service });
  }
  return rows;
}

function isFound(service: Service, filter: string): boolean {
  if (filter === '' || matches(filter, service.name, ...service.versions)) return true;
  return service.instances.some((instance) => matches(filter, service.name, instance.name, instance.host));
}

/** Up to this many instances are shown with their names. */
export const NAMED_CELLS = 6;
/** Beyond this many, those that are well are counted and the others shown. */
export const MOST_CELLS = 40;

export interface Cells {
  shown: Instance[];
  named: boolean;
  /** Instances that are not shown, of which `hiddenWell` are well. */
  hidden: number;
  hiddenWell: number;
  /** When one of them leaves just because time passed, in epoch milliseconds; null if none does. */
  changesAt: number | null;
}

/**
 * Which instances of a service stand in its row. They keep their places: by name, oldest first. One that died stands
 * beside its successor for a while.
 */
export function cellsOf(service: Service, nowMs: number): Cells {
  const leavings: number[] = [];
  const present = service.instances
    .filter((instance) => {
      if (!isReplaced(instance, service.instances)) return true;
      const until = shownDeadUntil(instance);
      if (until === null || until <= nowMs) return false;
      leavings.push(until);
      return true;
    })
    .sort(byNameThenAge);
  const changesAt = leavings.length === 0 ? null : Math.min(...leavings);
  if (present.length <= MOST_CELLS) {
    // The names do not vanish for those seconds.
    const named = present.length - leavings.length <= NAMED_CELLS;
    return { shown: present, named, hidden: 0, hiddenWell: 0, changesAt };
  }
  const odd = present
    .filter((instance) => toneOf(conditionOf(instance)) !== 'well')
    .sort((a, b) => urgencyOf(conditionOf(a)) - urgencyOf(conditionOf(b)))
    .slice(0, MOST_CELLS);
  const isOdd = new Set(odd);
  const room = MOST_CELLS - odd.length;
  const well = present.filter((instance) => toneOf(conditionOf(instance)) === 'well');
  const kept = new Set(well.slice(0, room));
  const shown = present.filter((instance) => isOdd.has(instance) || kept.has(instance));
  return {
    shown,
    named: false,
    hidden: present.length - shown.length,
    hiddenWell: well.length - kept.size,
    changesAt,
  };
}

function byNameThenAge(a: Instance, b: Instance): number {
  return (
    a.name.localeCompare(b.name, undefined, { numeric: true }) ||
    a.startedAt.localeCompare(b.startedAt) ||
    a.id.localeCompare(b.id)
  );
}
