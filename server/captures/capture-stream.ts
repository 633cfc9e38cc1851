import { durationFromMs, durationMs } from '@bufbuild/protobuf/wkt';
import {
  type CaptureFailed,
  type CaptureProgress,
  type CollectPerformanceDataResponse,
  RecordingPhase,
} from '#proto/gen/opscenter/v1/capture_pb.ts';
import type { CaptureBudget } from '../http/contract/index.ts';
import { type AgentClient, toCaptureKindMessage, toText } from '../instances/index.ts';
import { toCost } from './artifact-info.ts';
import type { ArtifactIntake } from './artifact-intake.ts';
import { CaptureFailure, protocolFailure, toAgentCode } from './capture-failure.ts';
import type { CaptureEvent } from './capture-state.ts';
import type { LiveCapture } from './live-capture.ts';
import type { Handled } from './read-stream.ts';

interface CaptureStreamEvents {
  apply(event: CaptureEvent): void;
  /** The artifact grows: progress, and no other state. */
  wrote(event: Extract<CaptureEvent, { kind: 'wrote' }>): void;
  now(): number;
}

/** What one stream of the agent tells, put into events of the capture. */
export class CaptureStream {
  readonly #live: LiveCapture;
  readonly #intake: ArtifactIntake;
  readonly #apply: (event: CaptureEvent) => void;
  readonly #wrote: (event: Extract<CaptureEvent, { kind: 'wrote' }>) => void;
  readonly #now: () => number;
  /** It has brought something new; one that only says hello has not. */
  isFruitful = false;

  constructor(live: LiveCapture, intake: ArtifactIntake, { apply, wrote, now }: CaptureStreamEvents) {
    this.#live = live;
    this.#intake = intake;
    this.#apply = apply;
    this.#wrote = wrote;
    this.#now = now;
  }

  /** @throws CaptureFailure, StorageFull, StorageFailed */
  handle(event: CollectPerformanceDataResponse['event']): Handled {
    switch (event.case) {
      case 'started':
        return 'more';
      case 'progress':
        this.isFruitful = true;
        return this.#progress(event.value);
      case 'artifact':
        this.#live.facts.cost = toCost(event.value.cost, this.#live.facts.cost);
        return this.#intake.announce(event.value);
      case 'chunk':
        this.isFruitful = true;
        return this.#intake.take(event.value);
      case 'done':
        return this.#intake.finish(event.value);
      case 'failed':
        throw toAgentFailure(event.value);
      default:
        throw protocolFailure('it sent an empty message');
    }
  }

  #progress(progress: CaptureProgress): Handled {
    const { facts } = this.#live;
    facts.cost = toCost(progress.cost, facts.cost);
    switch (progress.phase) {
      case RecordingPhase.WAITING_FOR_THREAD:
        this.#apply({ kind: 'waits' });
        break;
      case RecordingPhase.RECORDING:
        // Said of the recording alone: the call that it had to wait for is not in it.
        facts.threadUnresponsive = progress.threadUnresponsive;
        this.#apply({ kind: 'records', endsAtMs: this.#now() + this.#leftMs(progress) });
        break;
      case RecordingPhase.WRITING:
        this.#apply({ kind: 'writes' });
        this.#wrote(toWrote(progress));
        break;
      default:
        throw protocolFailure('it named a phase of recording that there is not');
    }
    return 'more';
  }

  #leftMs({ elapsed }: CaptureProgress): number {
    const lengthMs = this.#live.facts.durationSeconds * 1000;
    const elapsedMs = elapsed ? durationMs(elapsed) : 0;
    return Math.min(lengthMs, Math.max(0, lengthMs - elapsedMs));
  }
}

/** What an agent expects can be wrong: as soon as more is written, nothing is known any more. */
function toWrote({ writtenBytes, expectedBytes }: CaptureProgress) {
  const isKnown = expectedBytes > 0n && writtenBytes <= expectedBytes;
  return {
    kind: 'wrote' as const,
    writtenBytes: toSafeNumber(writtenBytes),
    expectedBytes: isKnown ? toSafeNumber(expectedBytes) : null,
  };
}

function toSafeNumber(value: bigint): number {
  return Number(value < BigInt(Number.MAX_SAFE_INTEGER) ? value : Number.MAX_SAFE_INTEGER);
}

/** What the agent is asked. A new kind of capture puts its options here. */
export function toCollectRequest({ facts }: LiveCapture, leaseMs: number): CollectRequest {
  return {
    captureId: facts.id,
    kind: toCaptureKindMessage(facts.kind),
    duration: durationFromMs(Math.round(facts.durationSeconds * 1000) || LEAST_DURATION_MS),
    threadId: facts.thread,
    lease: durationFromMs(leaseMs),
    options: toOptionsMessage(facts),
    ...(facts.options.budget && { budget: toBudgetMessage(facts.options.budget) }),
  };
}

/** Agents want one for every kind; what it is means nothing to those that look once. */
const LEAST_DURATION_MS = 1;

type CollectRequest = Parameters<AgentClient['collect']>[0];

/** 0 and what is left out are the agent's own choice. */
function toOptionsMessage({ kind, options }: LiveCapture['facts']): NonNullable<CollectRequest['options']> {
  const { intervalMicros = 0, intervalBytes = 0, sampleEvery = 0, categories = [] } = options;
  const { keepStrings = false, consentToPause = false } = options;
  switch (kind) {
    case 'cpu':
      return { case: 'cpu', value: { intervalMicros } };
    case 'heap':
    case 'allocation':
      return { case: 'heap', value: { intervalBytes } };
    case 'heapsnapshot':
      return { case: 'heapsnapshot', value: { keepStrings, consentToPause } };
    case 'wait':
      return { case: 'wait', value: { sampleEvery } };
    case 'trace':
      return { case: 'trace', value: { categories } };
    default:
      return { case: undefined };
  }
}

function toBudgetMessage({
  pauseMs,
  threadShare = 0,
  cpuCores = 0,
  memoryBytes = 0,
}: CaptureBudget): NonNullable<CollectRequest['budget']> {
  const pause = pauseMs === undefined ? {} : { pause: durationFromMs(Math.round(pauseMs)) };
  return { ...pause, threadShare, cpuCores, memoryBytes: BigInt(memoryBytes) };
}

function toAgentFailure({ code, message }: CaptureFailed): CaptureFailure {
  return new CaptureFailure(toAgentCode(code), toText(message, 500) || 'The agent gave no reason.');
}
