import { durationMs, timestampMs } from '@bufbuild/protobuf/wkt';
import {
  type ActionStep,
  type ActionTargetOutcome,
  ActionTargetOutcome_Outcome,
  type ActionWaiting,
  type RunActionResponse,
} from '#proto/gen/opscenter/v1/action_pb.ts';
import type { TargetOutcome } from '../http/contract/index.ts';
import { toText } from '../instances/index.ts';
import { DRAIN } from './blast-radius.ts';
import { judgeEnd } from './judge-end.ts';
import { LIMITS } from './limits.ts';
import type { LiveAction, LivePart } from './live-action.ts';
import { PartLost } from './part-failure.ts';
import type { PartChange } from './part-state.ts';
import { toTargets } from './read-preview.ts';
import type { RunHost } from './run-host.ts';

const LASTING_MS = 10_000;

/**
 * Puts what an instance tells of a run into the part. Every attachment tells everything again from the first event, so
 * that each event may come many times and counts once.
 */
export class RunTelling {
  readonly #live: LiveAction;
  readonly #part: LivePart;
  readonly #host: RunHost;
  readonly #strays = new Set<string>();
  /** Steps of this attachment, by what they say: the same one may rightly come twice. */
  #steps = new Map<string, number>();
  #last = { phase: 'started', message: 'The instance has begun.' };
  #messages = 0;
  #mostMessages = 0;
  #startedMs = 0;

  constructor(live: LiveAction, part: LivePart, host: RunHost) {
    this.#live = live;
    this.#part = part;
    this.#host = host;
  }

  /** Where the run was when last heard of, to go after "ended". */
  get lastPhase(): string {
    return this.#part.acknowledged
      ? `while the action was at "${this.#last.phase}"`
      : 'before it spoke of the action';
  }

  /** The instance holds the run. */
  begin(): void {
    if (this.#part.acknowledged && this.#part.status.state === 'running') return;
    this.#part.acknowledged = true;
    this.#follow();
    this.#host.changed(this.#live);
  }

  /** Everything is about to be told again. */
  startOver(): void {
    this.#steps = new Map();
    this.#messages = 0;
    this.#startedMs = this.#host.clock.now();
  }

  /**
   * Whether this attachment has told more than any before it, or has lasted: what an instance only waits for replaces
   * what it said before, so that a long wait need not tell more. To be asked once it is over.
   */
  endAttachment(): { isFruitful: boolean } {
    const hasLasted = this.#messages > 0 && this.#host.clock.now() - this.#startedMs >= LASTING_MS;
    const isFruitful = hasLasted || this.#messages > this.#mostMessages;
    this.#mostMessages = Math.max(this.#mostMessages, this.#messages);
    return { isFruitful };
  }

  /** Answers the end of the part once it is told. @throws PartLost */
  handle({ at, event }: RunActionResponse): PartChange | undefined {
    if (++this.#messages > LIMITS.messages) {
      const { instanceName } = this.#part;
      throw new PartLost(
        `${instanceName} told more than ${LIMITS.messages} events of the action and no end.`,
      );
    }
    this.#part.acknowledged = true;
    switch (event.case) {
      case 'step':
        this.#step(event.value, at ? timestampMs(at) : Number.NaN);
        break;
      case 'target':
        this.#follow();
        this.#target(event.value);
        break;
      case 'waiting':
        this.#follow();
        this.#wait(event.value);
        break;
      case 'end':
        return judgeEnd(event.value, this.#part, this.#strays.size);
      case undefined:
        return undefined;
    }
    this.#host.changed(this.#live);
    return undefined;
  }

  #follow(): void {
    this.#live.applyTo(this.#part, { kind: 'followed', ...this.#last });
  }

  #step(step: ActionStep, atMs: number): void {
    const phase = toText(step.phase, 64) || 'running';
    const message = toText(step.message, 500);
    this.#last = { phase, message };
    this.#live.applyTo(this.#part, { kind: 'stepped', phase, message });
    const { instanceId } = this.#part;
    const key = `${phase}\n${message}`;
    const told = (this.#steps.get(key) ?? 0) + 1;
    // One that says something else each time must not fill the memory; what is forgotten is told twice at worst.
    if (this.#steps.size < LIMITS.history || told > 1) this.#steps.set(key, told);
    const known = this.#live.history.filter(
      (line) => line.instanceId === instanceId && line.phase === phase && line.message === message,
    ).length;
    if (told > known) this.#live.note(instanceId, phase, message, this.#toSaneTime(atMs));
  }

  /** The instance's own time, as long as it can be: its clock may be wrong, and it may lie. */
  #toSaneTime(atMs: number): number {
    const now = this.#host.clock.now();
    if (!Number.isFinite(atMs)) return now;
    return Math.min(now, Math.max(Date.parse(this.#live.facts.requestedAt), atMs));
  }

  #target({ targetId, outcome, message }: ActionTargetOutcome): void {
    const told = toOutcome(outcome);
    if (!told) return;
    if (this.#mayAwait) this.#await(targetId);
    const index = this.#part.outcomes.findIndex((known) => known.targetId === targetId);
    const known = this.#part.outcomes[index];
    if (!known) {
      if (told !== 'kept') this.#stray(targetId);
      return;
    }
    // The first word counts, but that a failure is never taken back and may still come.
    if (known.outcome !== 'pending' && (told !== 'failed' || known.outcome === 'failed')) return;
    this.#part.outcomes[index] = { targetId, outcome: told, message: toText(message, 500) };
  }

  #stray(targetId: string): void {
    if (this.#strays.size >= LIMITS.targetsPerPart || this.#strays.has(targetId)) return;
    this.#strays.add(targetId.slice(0, 128));
    const { instanceId, instanceName } = this.#part;
    if (this.#strays.size > 1) return;
    this.#live.note(
      instanceId,
      'not-confirmed',
      `${instanceName} says that it touched ${toText(targetId, 64)}, which nobody confirmed.`,
    );
  }

  #wait({ targets, remaining }: ActionWaiting): void {
    this.#part.waitingFor = toTargets(targets.slice(0, LIMITS.targetsPerPart));
    for (const { id, effect } of this.#part.waitingFor) if (effect === 'awaited') this.#await(id);
    const remainingMs = remaining ? durationMs(remaining) : Number.NaN;
    this.#part.remainingSeconds = remainingMs >= 0 ? remainingMs / 1000 : null;
  }

  /** Whether things may have come after the preview that the action waits for: then it touches nothing by itself. */
  get #mayAwait(): boolean {
    if (this.#live.facts.type === DRAIN) return true;
    return this.#live.confirmed(this.#part)?.targets.some(({ effect }) => effect === 'awaited') ?? false;
  }

  /** What is only waited for may have come after the preview: it needs no one's leave, but an outcome. */
  #await(id: string): void {
    const targetId = toText(id, 128);
    const { outcomes } = this.#part;
    if (outcomes.length >= LIMITS.targetsPerPart || outcomes.some((known) => known.targetId === targetId))
      return;
    outcomes.push({ targetId, outcome: 'pending', message: '' });
  }
}

function toOutcome(outcome: ActionTargetOutcome_Outcome): TargetOutcome['outcome'] | undefined {
  switch (outcome) {
    case ActionTargetOutcome_Outcome.DONE:
      return 'done';
    case ActionTargetOutcome_Outcome.KEPT:
      return 'kept';
    case ActionTargetOutcome_Outcome.FAILED:
      return 'failed';
    default:
      return undefined;
  }
}
