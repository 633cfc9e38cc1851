import { create, type MessageInitShape } from '@bufbuild/protobuf';
import { timestampFromMs } from '@bufbuild/protobuf/wkt';
import {
  ActionEnd_State,
  ActionTarget_Effect,
  ActionTargetOutcome_Outcome,
  type ActionTargetSchema,
  type PreviewActionResponse,
  PreviewActionResponseSchema,
  type RunActionResponse,
  RunActionResponseSchema,
} from '../../../../proto/gen/opscenter/v1/action_pb.ts';
import type { PreviewFacts, RunEntry, RunEvent, TargetFacts } from '../../runs/run-contract.ts';
import { toDuration } from './duration.ts';

/** Previews and events of runs as messages of the contract. */
export function previewMessage(preview: PreviewFacts): PreviewActionResponse {
  const { computedAtMs, targets, irreversible, estimatedMs } = preview;
  return create(PreviewActionResponseSchema, {
    computedAt: timestampFromMs(computedAtMs),
    targets: targets.map(targetMessage),
    ...playersOf(preview),
    irreversible,
    ...(estimatedMs === undefined ? {} : { estimatedDuration: toDuration(estimatedMs) }),
  });
}

export function runEventMessage({ atMs, event }: RunEntry): RunActionResponse {
  return create(RunActionResponseSchema, { at: timestampFromMs(atMs), event: eventMessage(event) });
}

const outcomeOf = {
  done: ActionTargetOutcome_Outcome.DONE,
  kept: ActionTargetOutcome_Outcome.KEPT,
  failed: ActionTargetOutcome_Outcome.FAILED,
} as const;

const endStateOf = {
  succeeded: ActionEnd_State.SUCCEEDED,
  partial: ActionEnd_State.PARTIAL,
  failed: ActionEnd_State.FAILED,
  cancelled: ActionEnd_State.CANCELLED,
} as const;

type EventMessage = NonNullable<MessageInitShape<typeof RunActionResponseSchema>['event']>;

function eventMessage(event: RunEvent): EventMessage {
  switch (event.kind) {
    case 'step':
      return { case: 'step', value: { phase: event.phase, message: event.message } };
    case 'outcome': {
      const { targetId, outcome, message } = event;
      return { case: 'target', value: { targetId, outcome: outcomeOf[outcome], message } };
    }
    case 'waiting': {
      const remaining = event.remainingMs === undefined ? {} : { remaining: toDuration(event.remainingMs) };
      return { case: 'waiting', value: { targets: event.targets.map(targetMessage), ...remaining } };
    }
    case 'end': {
      const { state, message, checks } = event;
      return { case: 'end', value: { state: endStateOf[state], message, ...playersOf(event), checks } };
    }
    default:
      return event satisfies never;
  }
}

const effectOf = {
  touched: ActionTarget_Effect.TOUCHED,
  kept: ActionTarget_Effect.KEPT,
  awaited: ActionTarget_Effect.AWAITED,
} as const satisfies Record<TargetFacts['effect'], ActionTarget_Effect>;

function targetMessage({
  players,
  effect,
  ...same
}: TargetFacts): MessageInitShape<typeof ActionTargetSchema> {
  return {
    ...same,
    players: BigInt(players),
    effect: effectOf[effect],
  };
}

function playersOf(counts: { playersAffected: number; playersDisconnected: number }) {
  return {
    playersAffected: BigInt(counts.playersAffected),
    playersDisconnected: BigInt(counts.playersDisconnected),
  };
}
