import type { LeakSuspect } from '../../../profile/heap/query/heap-query.ts';

/** What somebody who knows the service would point at. */
export interface PlantedLeak {
  /** Classes, any of which may be said to pile up: of a listener the function as well as the object it remembers. */
  readonly pilesUp: readonly (string | RegExp)[];
  /** The field or variable, as `Owner.name`. */
  readonly keptIn?: RegExp;
  /** Where the place is Node's own and has no name in the service: in what way. */
  readonly way?: LeakSuspect['way'];
}

/** On which the search for suspects was tuned. */
export const TUNED = [
  'config-listeners',
  'duel-intervals',
  'detached-sessions',
  'audit-array',
  'waiting-for-open',
  'tenant-weakmap',
  'journal-string',
  'move-chain',
  'abort-listeners',
  'undrained-stream',
] as const;

/** Written before, and not looked at until the search was done. */
export const UNSEEN = [
  'seen-nonces',
  'undo-closures',
  'trace-store',
  'thumbnail-buffers',
  'odds-memo',
  'endless-lru',
  'symbol-registry',
  'static-history',
  'unfinished-turns',
  'worker-backlog',
] as const;

/** Services in which nothing leaks. */
export const HEALTHY = ['quiet', 'full-catalogue', 'warm-caches', 'busy-pool'] as const;

export function isLeak({ pilesUp, keptIn, way }: PlantedLeak, suspect: LeakSuspect): boolean {
  const isOfClass = pilesUp.some((name) =>
    typeof name === 'string' ? name === suspect.className : name.test(suspect.className),
  );
  const place = suspect.place && `${suspect.place.owner.className}.${suspect.place.name}`;
  const isThere = keptIn === undefined ? way === suspect.way : place !== undefined && keptIn.test(place);
  return isOfClass && isThere;
}

/** What a person would be told. */
export function describeSuspect({
  score,
  way,
  count,
  className,
  share,
  place,
  accumulation,
}: LeakSuspect): string {
  const where = place === undefined ? accumulation.className : `${place.owner.className}.${place.name}`;
  return `${score.toFixed(2)}  ${way}, ${count} × ${className} in ${where}, ${(share * 100).toFixed(1)} %`;
}
