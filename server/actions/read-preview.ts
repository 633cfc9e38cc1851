import { durationMs } from '@bufbuild/protobuf/wkt';
import {
  ActionTarget_Effect,
  type ActionTarget as ActionTargetMessage,
  type PreviewActionResponse,
} from '#proto/gen/opscenter/v1/action_pb.ts';
import type { ActionPreviewPart, ActionTarget, Instance } from '../http/contract/index.ts';
import { toText } from '../instances/index.ts';
import { toCount } from './judge-end.ts';
import { LIMITS } from './limits.ts';

export interface ReadPreview {
  part: ActionPreviewPart;
  /** What cannot be undone; may be empty. */
  irreversible: string;
}

/** What an instance says that the action would do. What cannot be shown exactly is refused: it could not be confirmed. */
export function readPreview(instance: Instance, answer: PreviewActionResponse): ReadPreview {
  const mistake = findMistake(answer);
  if (mistake) {
    const message = `The agent does not keep to the contract: ${mistake}.`;
    return { part: refusedPart(instance, 'agent-protocol', message), irreversible: '' };
  }
  const { playersAffected, playersDisconnected, estimatedDuration } = answer;
  const estimatedMs = estimatedDuration ? durationMs(estimatedDuration) : Number.NaN;
  return {
    part: {
      ...partOf(instance),
      targets: toTargets(answer.targets),
      playersAffected: toCount(playersAffected),
      playersDisconnected: toCount(playersDisconnected),
      estimatedSeconds: estimatedMs >= 0 ? estimatedMs / 1000 : null,
      refusal: null,
    },
    irreversible: toText(answer.irreversible, 500),
  };
}

export function refusedPart(instance: Instance, code: string, message: string): ActionPreviewPart {
  return {
    ...partOf(instance),
    targets: [],
    playersAffected: 0,
    playersDisconnected: 0,
    estimatedSeconds: null,
    refusal: { code, message },
  };
}

/** What is not said to be kept counts as touched. */
export function toTargets(messages: readonly ActionTargetMessage[]): ActionTarget[] {
  return messages.map(({ id, name, reason, players, effect }) => ({
    id: toText(id, 128),
    name: toText(name, 128) || toText(id, 128),
    reason: toText(reason, 500),
    players: toCount(players),
    effect: toEffect(effect) ?? 'touched',
  }));
}

function partOf({ id, name, service }: Instance) {
  return { instanceId: id, instanceName: name, service };
}

const EFFECTS: ReadonlyMap<ActionTarget_Effect, ActionTarget['effect']> = new Map([
  [ActionTarget_Effect.TOUCHED, 'touched'],
  [ActionTarget_Effect.KEPT, 'kept'],
  [ActionTarget_Effect.AWAITED, 'awaited'],
]);

function toEffect(effect: ActionTarget_Effect): ActionTarget['effect'] | undefined {
  return EFFECTS.get(effect);
}

function findMistake({ targets }: PreviewActionResponse): string | undefined {
  if (targets.length > LIMITS.targetsPerPart) return `it names more than ${LIMITS.targetsPerPart} targets`;
  const ids = new Set<string>();
  for (const { id, effect } of targets) {
    if (id === '' || toText(id, 128) !== id) return 'the id of a target cannot be shown as it is';
    if (ids.has(id)) return `it names the target ${id} twice`;
    if (!toEffect(effect)) return `it does not say what becomes of the target ${id}`;
    ids.add(id);
  }
  return undefined;
}
