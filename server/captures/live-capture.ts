import type { Artifact, Capture, CaptureId, CaptureState } from '../http/contract/index.ts';
import { type Clock, toInstant } from '../store/index.ts';
import { type CaptureEvent, isFinal, nextCaptureState } from './capture-state.ts';

/** A capture that has not ended, as the server works on it. */
export class LiveCapture {
  /** `status` apart, as it was requested and as the agent has told since. */
  readonly facts: Omit<Capture, 'status' | 'artifact' | 'expiresAt'>;
  status: CaptureState;
  /** As the agent announced it; part of the capture only when that is complete. */
  announced: Artifact | undefined;
  /** The audit entry that its end concludes. */
  auditIntent: number;
  readonly #clock: Clock;

  constructor(
    facts: LiveCapture['facts'],
    status: CaptureState,
    announced: Artifact | undefined,
    auditIntent: number,
    clock: Clock,
  ) {
    this.facts = facts;
    this.status = status;
    this.announced = announced;
    this.auditIntent = auditIntent;
    this.#clock = clock;
  }

  get id(): CaptureId {
    return this.facts.id;
  }

  /** One capture of a kind at a time on an instance. */
  get slot(): string {
    return slotOf(this.facts.instanceId, this.facts.kind);
  }

  get isOver(): boolean {
    return isFinal(this.status);
  }

  /** Answers whether the event changed anything. */
  apply(event: CaptureEvent): boolean {
    const before = this.status;
    this.status = nextCaptureState(before, event, this.#clock.now());
    if (this.isOver) this.facts.ending = null;
    return this.status !== before;
  }

  toCapture(retentionMs: number): Capture {
    return toCapture(this.facts, this.status, this.announced, retentionMs);
  }
}

function slotOf(instanceId: string, kind: string): string {
  return `${instanceId} ${kind}`;
}

export function toCapture(
  facts: LiveCapture['facts'],
  status: CaptureState,
  announced: Artifact | undefined,
  retentionMs: number,
): Capture {
  const isComplete = status.state === 'complete';
  const expires = isComplete && !facts.pinned;
  return {
    ...facts,
    status,
    artifact: (isComplete && announced) || null,
    expiresAt: expires ? toInstant(Date.parse(status.since) + retentionMs) : null,
  };
}
