import type { Action, ActionPart } from '#contract';

export type ActionStateName = Action['status']['state'];
export type PartStateName = ActionPart['status']['state'];

const FINAL: ReadonlySet<string> = new Set<ActionStateName>([
  'succeeded',
  'partial',
  'failed',
  'cancelled',
  'unknown',
]);

export function isRunning(action: Pick<Action, 'status'>): boolean {
  return !FINAL.has(action.status.state);
}

export function hasEnded(part: Pick<ActionPart, 'status'>): boolean {
  return FINAL.has(part.status.state);
}

/** Whether it can still be asked to stop. */
export function canCancel(action: Pick<Action, 'status' | 'cancellable'>): boolean {
  return action.cancellable && isRunning(action) && action.status.state !== 'cancelling';
}

/** An action of which an instance cannot be reached runs on, as far as anybody knows; that is shown before all else. */
export function shownState(action: Pick<Action, 'status' | 'parts'>): ActionStateName | 'interrupted' {
  const { state } = action.status;
  const isCut = action.parts.some(({ status }) => status.state === 'interrupted');
  return isCut && (state === 'starting' || state === 'running') ? 'interrupted' : state;
}

/** How many targets something is known of, of those that were confirmed. */
export interface TargetProgress {
  settled: number;
  all: number;
}

export function targetProgress(action: Pick<Action, 'parts'>): TargetProgress {
  const outcomes = action.parts.flatMap((part) => part.outcomes);
  return { settled: outcomes.filter(({ outcome }) => outcome !== 'pending').length, all: outcomes.length };
}

/** From 0 to 1; null where there is nothing to count. */
export function fractionOf(action: Pick<Action, 'parts'>): number | null {
  const { settled, all } = targetProgress(action);
  return all === 0 ? null : settled / all;
}

/** By time where the instance says how long it still takes; else by what is settled. */
export function shareDone(
  byCount: number | null,
  elapsedSeconds: number,
  leftSeconds: number | null,
): number | null {
  if (leftSeconds === null) return byCount;
  const whole = Math.max(0, elapsedSeconds) + leftSeconds;
  return whole === 0 ? byCount : Math.max(0, elapsedSeconds) / whole;
}

/**
 * Where it is done, in a few words: the instance, else the service, else how many.
 *
 * @param several words for so many instances
 */
export function whereOf(
  parts: readonly { instanceName: string; service: string }[],
  several: (count: number) => string,
): string {
  const [first, ...others] = parts;
  if (first === undefined) return '–';
  if (others.length === 0) return first.instanceName;
  const isOneService = others.every(({ service }) => service === first.service);
  return isOneService ? `${first.service} (${several(parts.length)})` : several(parts.length);
}
