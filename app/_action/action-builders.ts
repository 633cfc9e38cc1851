import type {
  Action,
  ActionId,
  ActionPart,
  ActionPreview,
  ActionPreviewPart,
  ActionTarget,
  InstanceId,
  PreviewId,
  TargetOutcome,
} from '#contract';

export const START = '2026-03-05T12:00:00.000Z';

/** So many seconds after the action was requested. */
export const after = (seconds: number) => new Date(Date.parse(START) + seconds * 1000).toISOString();

/** A target, for tests: its reason and name follow from its id. */
export function aTarget(id: string, part: Partial<ActionTarget> = {}): ActionTarget {
  return { id, name: `connection ${id}`, reason: `proof of ${id}`, players: 0, effect: 'touched', ...part };
}

export function anOutcome(targetId: string, outcome: TargetOutcome['outcome'], message = ''): TargetOutcome {
  return { targetId, outcome, message };
}

export function aPreviewPart(name: string, part: Partial<ActionPreviewPart> = {}): ActionPreviewPart {
  return {
    instanceId: `gate.${name}` as InstanceId,
    instanceName: name,
    service: 'gate',
    targets: [],
    playersAffected: 0,
    playersDisconnected: 0,
    estimatedSeconds: null,
    refusal: null,
    ...part,
  };
}

export function aPart(name: string, part: Partial<ActionPart> = {}): ActionPart {
  return {
    instanceId: `gate.${name}` as InstanceId,
    instanceName: name,
    service: 'gate',
    status: { state: 'waiting', since: START },
    outcomes: [],
    waitingFor: [],
    remainingSeconds: null,
    checks: [],
    playersAffected: null,
    playersDisconnected: null,
    ...part,
  };
}

export function aPreview(parts: ActionPreviewPart[], part: Partial<ActionPreview> = {}): ActionPreview {
  return {
    id: 'pre_00000000000000000000' as PreviewId,
    type: 'pool.flush',
    title: 'Flush a pool',
    description: '',
    params: {},
    computedAt: START,
    expiresAt: after(120),
    playersAffected: parts.reduce((sum, one) => sum + one.playersAffected, 0),
    playersDisconnected: parts.reduce((sum, one) => sum + one.playersDisconnected, 0),
    irreversible: '',
    warnings: [],
    confirmation: null,
    deadlineSeconds: 300,
    parts,
    ...part,
  };
}

/** An action on the given parts; what was previewed of them is nothing unless it is given. */
export function anAction(
  state: Action['status']['state'],
  parts: ActionPart[],
  part: Partial<Action> = {},
): Action {
  return {
    id: 'act_00000000000000000000' as ActionId,
    type: 'pool.flush',
    title: 'Flush a pool',
    params: {},
    reason: 'players cannot log in',
    requestedBy: 'operator',
    requestedAt: START,
    deadlineAt: after(300),
    cancellable: true,
    status: statusOf(state),
    preview: aPreview(parts.map(({ instanceName }) => aPreviewPart(instanceName))),
    parts,
    history: [],
    ...part,
  };
}

function statusOf(state: Action['status']['state']): Action['status'] {
  switch (state) {
    case 'starting':
    case 'running':
    case 'cancelling':
      return { state, since: START };
    case 'asking':
      return { state, since: START, question: 'Keep waiting?' };
    default:
      return { state, since: START, message: `It is ${state}` };
  }
}
