import type {
  Action,
  ActionEvent,
  ActionId,
  ActionPart,
  ActionPreviewPart,
  ActionStatus,
  InstanceId,
} from '../http/contract/index.ts';
import { type Clock, toInstant } from '../store/index.ts';
import { type ActionChange, isActionOver, nextActionStatus } from './action-state.ts';
import { LIMITS } from './limits.ts';
import { isPartOver, nextPartStatus, type PartChange } from './part-state.ts';

/** The action on one instance, as the server works on it. */
export interface LivePart extends ActionPart {
  /** The instance has spoken of the run: one that does not know it any more has forgotten it. */
  acknowledged: boolean;
}

export type ActionFacts = Omit<Action, 'status' | 'parts' | 'history' | 'cancellable'>;

/** An action that has not ended, as the server works on it. */
export class LiveAction {
  readonly facts: ActionFacts;
  readonly parts: readonly LivePart[];
  readonly history: ActionEvent[];
  status: ActionStatus;
  /** The audit entry that its end concludes. */
  auditIntent: number;
  readonly #clock: Clock;

  constructor(
    facts: ActionFacts,
    status: ActionStatus,
    parts: readonly LivePart[],
    history: ActionEvent[],
    auditIntent: number,
    clock: Clock,
  ) {
    this.facts = facts;
    this.status = status;
    this.parts = parts;
    this.history = history;
    this.auditIntent = auditIntent;
    this.#clock = clock;
  }

  get id(): ActionId {
    return this.facts.id;
  }

  get isOver(): boolean {
    return isActionOver(this.status);
  }

  get isCancelling(): boolean {
    return this.status.state === 'cancelling';
  }

  /** Answers whether the change meant anything. */
  apply(change: ActionChange): boolean {
    const before = this.status;
    this.status = nextActionStatus(before, change, this.#clock.now());
    return this.status !== before;
  }

  /** Answers whether the change meant anything. */
  applyTo(part: LivePart, change: PartChange): boolean {
    const before = part.status;
    part.status = nextPartStatus(before, change, this.#clock.now());
    if (isPartOver(part.status)) {
      part.waitingFor = [];
      part.remainingSeconds = null;
    }
    return part.status !== before;
  }

  /** Adds a line to the history, which keeps the last ones. */
  note(instanceId: InstanceId | null, phase: string, message: string, atMs = this.#clock.now()): void {
    this.history.push({ at: toInstant(atMs), instanceId, phase, message });
    if (this.history.length > LIMITS.history) this.history.splice(0, this.history.length - LIMITS.history);
  }

  /** What was confirmed for this instance. */
  confirmed({ instanceId }: ActionPart): ActionPreviewPart | undefined {
    return this.facts.preview.parts.find((part) => part.instanceId === instanceId);
  }

  toAction(): Action {
    return toAction(this.facts, this.status, this.parts, this.history);
  }
}

export function toAction(
  facts: ActionFacts,
  status: ActionStatus,
  parts: readonly LivePart[],
  history: readonly ActionEvent[],
): Action {
  return {
    ...facts,
    cancellable: !isActionOver(status) && status.state !== 'cancelling',
    status,
    parts: parts.map(({ acknowledged: _, ...part }) => part),
    history: [...history],
  };
}

/** Nothing has happened yet. */
export function newPart(preview: ActionPreviewPart, nowMs: number): LivePart {
  return {
    instanceId: preview.instanceId,
    instanceName: preview.instanceName,
    service: preview.service,
    status: { state: 'waiting', since: toInstant(nowMs) },
    outcomes: confirmedTargets(preview).map(({ id }) => ({ targetId: id, outcome: 'pending', message: '' })),
    waitingFor: [],
    remainingSeconds: null,
    checks: [],
    playersAffected: null,
    playersDisconnected: null,
    acknowledged: false,
  };
}

/** What is to have an outcome: everything but what is left alone. */
export function confirmedTargets({ targets }: ActionPreviewPart) {
  return targets.filter(({ effect }) => effect !== 'kept');
}
