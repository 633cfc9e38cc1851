import type { Health } from '../http/contract/index.ts';
import { toInstant } from '../store/index.ts';

/** What one second of vitals says, before it is believed. */
export type Symptom =
  | { kind: 'fine' }
  | { kind: 'strained'; reason: string }
  | { kind: 'stuck'; where: 'js' | 'native' | 'unknown'; reason: string };

/** What can happen to what is known of an instance's health. */
export type HealthEvent =
  /** A second of vitals; `firm` when it needs no confirmation by others. */
  | { kind: 'second'; symptom: Symptom; firm: boolean }
  /** Nothing is heard any more. */
  | { kind: 'lost-sight' };

/** So many seconds in a row before an instance counts as worse, and as better. */
const WORSE_AFTER = 3;
const BETTER_AFTER = 2;

/** Health with the evidence gathered so far for changing it. */
export interface Diagnosis {
  readonly health: Health;
  readonly against: Symptom['kind'] | undefined;
  readonly seconds: number;
}

export function unknownHealth(nowMs: number): Diagnosis {
  return { health: { state: 'unknown', since: toInstant(nowMs) }, against: undefined, seconds: 0 };
}

/**
 * Believes a change only after it has lasted: three seconds for the worse, two for the better, so that nothing
 * flickers. What is known for certain (the agent itself has waited for seconds) and the first second ever are
 * believed at once. The `health` of the answer is the very same object when it has not changed.
 */
export function nextDiagnosis(current: Diagnosis, event: HealthEvent, nowMs: number): Diagnosis {
  if (event.kind === 'lost-sight') {
    return current.health.state === 'unknown' ? current : unknownHealth(nowMs);
  }
  const { symptom, firm } = event;
  if (isSame(current.health, symptom)) return { health: current.health, against: undefined, seconds: 0 };
  const seconds = current.against === symptom.kind ? current.seconds + 1 : 1;
  const needed = neededSeconds(current.health, symptom, firm);
  if (seconds < needed) return { health: current.health, against: symptom.kind, seconds };
  // Where it is stuck may become known later; since when it is does not change by that.
  const since =
    current.health.state === 'stuck' && symptom.kind === 'stuck' ? current.health.since : toInstant(nowMs);
  return { health: toHealth(symptom, since), against: undefined, seconds: 0 };
}

const severity = { unknown: 0, well: 0, strained: 1, stuck: 2 } as const;

function neededSeconds(health: Health, symptom: Symptom, firm: boolean): number {
  if (firm) return 1;
  if (symptom.kind === 'fine') return health.state === 'unknown' ? 1 : BETTER_AFTER;
  return severity[symptom.kind] > severity[health.state] ? WORSE_AFTER : BETTER_AFTER;
}

function isSame(health: Health, symptom: Symptom): boolean {
  if (symptom.kind === 'fine') return health.state === 'well';
  if (health.state === 'stuck' && symptom.kind === 'stuck') {
    // Where it is may become known later; it is never forgotten again while it lasts.
    return health.where === symptom.where || symptom.where === 'unknown';
  }
  return health.state === symptom.kind;
}

function toHealth(symptom: Symptom, since: string): Health {
  switch (symptom.kind) {
    case 'fine':
      return { state: 'well', since };
    case 'strained':
      return { state: 'strained', since, reason: symptom.reason };
    case 'stuck':
      return { state: 'stuck', since, where: symptom.where, reason: symptom.reason };
  }
}
