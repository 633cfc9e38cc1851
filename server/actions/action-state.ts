import type { ActionStatus } from '../http/contract/index.ts';
import { toInstant } from '../store/index.ts';

export type ActionStateName = ActionStatus['state'];

/** How an action can end. */
export type ActionEndState = 'succeeded' | 'partial' | 'failed' | 'cancelled' | 'unknown';

/** What can happen to an action as a whole. */
export type ActionChange =
  /** An instance has begun. */
  | { kind: 'began' }
  /** Its deadline has passed: a person is to decide. Nothing is ended. */
  | { kind: 'overdue'; question: string }
  /** A person has given it more time. */
  | { kind: 'extended' }
  | { kind: 'cancel-asked' }
  /** It is over on every instance. */
  | { kind: 'ended'; state: ActionEndState; message: string };

export const ACTION_CHANGE_KINDS = [
  'began',
  'overdue',
  'extended',
  'cancel-asked',
  'ended',
] as const satisfies readonly ActionChange['kind'][];

const FINAL: ReadonlySet<ActionStateName> = new Set([
  'succeeded',
  'partial',
  'failed',
  'cancelled',
  'unknown',
] satisfies ActionEndState[]);

export function isActionOver(status: ActionStatus): boolean {
  return FINAL.has(status.state);
}

/** The status after the change: the very same object when it means nothing in this state. */
export function nextActionStatus(current: ActionStatus, change: ActionChange, nowMs: number): ActionStatus {
  if (isActionOver(current)) return current;
  const since = toInstant(nowMs);
  switch (change.kind) {
    case 'began':
      return current.state === 'starting' ? { state: 'running', since } : current;
    case 'overdue':
      // One that is being cancelled has been decided on.
      if (current.state !== 'starting' && current.state !== 'running') return current;
      return { state: 'asking', since, question: change.question };
    case 'extended':
      return current.state === 'asking' ? { state: 'running', since } : current;
    case 'cancel-asked':
      return current.state === 'cancelling' ? current : { state: 'cancelling', since };
    case 'ended':
      return { state: change.state, since, message: change.message };
  }
}
