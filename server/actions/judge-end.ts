import { type ActionEnd, ActionEnd_State } from '#proto/gen/opscenter/v1/action_pb.ts';
import type { ActionCheck, TargetOutcome } from '../http/contract/index.ts';
import { toText } from '../instances/index.ts';
import { LIMITS } from './limits.ts';
import type { LivePart } from './live-action.ts';
import { PartLost } from './part-failure.ts';
import type { PartChange } from './part-state.ts';

/**
 * What the end that an instance tells means. Success is only what has been shown: every confirmed target has an
 * outcome that is none of failure, nothing else was touched, and every check has passed.
 *
 * @throws PartLost when the end says nothing
 */
export function judgeEnd(end: ActionEnd, part: LivePart, strayTargets: number): PartChange {
  part.checks = toChecks(end);
  part.playersAffected = toCount(end.playersAffected);
  part.playersDisconnected = toCount(end.playersDisconnected);
  const message = toText(end.message, 500);
  const doubts = findDoubts(part, strayTargets);
  switch (end.state) {
    case ActionEnd_State.SUCCEEDED:
      if (doubts.length === 0) return { kind: 'ended', state: 'succeeded', message };
      return { kind: 'ended', state: 'partial', message: [message, ...doubts].filter(Boolean).join(' ') };
    case ActionEnd_State.PARTIAL:
      return { kind: 'ended', state: 'partial', message };
    case ActionEnd_State.CANCELLED:
      return { kind: 'ended', state: 'cancelled', message };
    case ActionEnd_State.FAILED:
      if (part.outcomes.some(({ outcome }) => outcome === 'done')) {
        return { kind: 'ended', state: 'partial', message };
      }
      return { kind: 'failed', code: 'agent-failed', message };
    default:
      throw new PartLost(`${part.instanceName} ended the action without saying how.`);
  }
}

function findDoubts(part: LivePart, strayTargets: number): string[] {
  const count = (wanted: TargetOutcome['outcome']) =>
    part.outcomes.filter(({ outcome }) => outcome === wanted).length;
  const checksFailed = part.checks.filter(({ passed }) => !passed).length;
  return [
    told(count('pending'), 'confirmed target has no outcome.', 'confirmed targets have no outcome.'),
    told(count('failed'), 'target failed.', 'targets failed.'),
    told(checksFailed, 'check did not pass.', 'checks did not pass.'),
    told(
      strayTargets,
      'target was touched that nobody confirmed.',
      'targets were touched that nobody confirmed.',
    ),
  ].filter((doubt) => doubt !== '');
}

function told(count: number, one: string, more: string): string {
  return count === 0 ? '' : `${count} ${count === 1 ? one : more}`;
}

/** What is not told counts as not passed: one that is cut off is in nobody's favour. */
function toChecks({ checks }: ActionEnd): ActionCheck[] {
  const shown = checks.slice(0, LIMITS.checks).map(({ name, passed, detail }) => ({
    name: toText(name, 128),
    passed,
    detail: toText(detail, 500),
  }));
  const hidden = checks.slice(LIMITS.checks);
  if (hidden.length === 0) return shown;
  const passed = hidden.every((check) => check.passed);
  return [...shown, { name: `${hidden.length} more`, passed, detail: '' }];
}

/** A count as JavaScript can hold it. */
export function toCount(count: bigint): number {
  const most = BigInt(Number.MAX_SAFE_INTEGER);
  return Number(count > most ? most : count);
}

/** Once the part is over, nothing is pending: what was not told is said to be so. */
export function settleOutcomes(part: LivePart): void {
  const { outcome, message } = whatWasNotTold(part);
  part.outcomes = part.outcomes.map((told) =>
    told.outcome === 'pending' ? { ...told, outcome, message } : told,
  );
}

function whatWasNotTold({ status, acknowledged }: LivePart): Omit<TargetOutcome, 'targetId'> {
  if (status.state === 'cancelled') return { outcome: 'kept', message: 'It was cancelled before.' };
  if (status.state === 'failed' && !acknowledged) return { outcome: 'kept', message: 'Nothing was done.' };
  return { outcome: 'unknown', message: 'The instance has not said what became of it.' };
}
