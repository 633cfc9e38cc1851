import type { ActionPartStatus } from '../http/contract/index.ts';
import { toInstant } from '../store/index.ts';

export type PartStateName = ActionPartStatus['state'];

/** What can happen to an action on one instance. */
export type PartChange =
  /** It reached another phase. */
  | { kind: 'stepped'; phase: string; message: string }
  /** The instance speaks of the run, also when it does so again; `phase` is the last one that it told. */
  | { kind: 'followed'; phase: string; message: string }
  | { kind: 'broke'; reason: string; givesUpAtMs: number }
  /** Another server has to find out where it stands. */
  | { kind: 'taken-up'; reason: string; givesUpAtMs: number }
  | { kind: 'ended'; state: 'succeeded' | 'partial' | 'cancelled'; message: string }
  | { kind: 'failed'; code: string; message: string }
  /** Something may have been done and nobody can say. */
  | { kind: 'lost'; message: string };

export const PART_CHANGE_KINDS = [
  'stepped',
  'followed',
  'broke',
  'taken-up',
  'ended',
  'failed',
  'lost',
] as const satisfies readonly PartChange['kind'][];

const FINAL: ReadonlySet<PartStateName> = new Set(['succeeded', 'partial', 'failed', 'cancelled', 'unknown']);

export function isPartOver(status: ActionPartStatus): boolean {
  return FINAL.has(status.state);
}

/** The status after the change: the very same object when it means nothing in this state. */
export function nextPartStatus(
  current: ActionPartStatus,
  change: PartChange,
  nowMs: number,
): ActionPartStatus {
  if (isPartOver(current)) return current;
  const since = toInstant(nowMs);
  switch (change.kind) {
    case 'stepped':
      return { state: 'running', since, phase: change.phase, message: change.message };
    case 'followed':
      if (current.state === 'running') return current;
      return { state: 'running', since, phase: change.phase, message: change.message };
    case 'broke':
      // It gives up so long after the first interruption, however often it is interrupted again.
      if (current.state === 'interrupted') return current;
      return { state: 'interrupted', since, reason: change.reason, givesUpAt: toInstant(change.givesUpAtMs) };
    case 'taken-up':
      return { state: 'interrupted', since, reason: change.reason, givesUpAt: toInstant(change.givesUpAtMs) };
    case 'ended':
      return { state: change.state, since, message: change.message };
    case 'failed':
      return { state: 'failed', since, code: change.code, message: change.message };
    case 'lost':
      return { state: 'unknown', since, message: change.message };
  }
}
