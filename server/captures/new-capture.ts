import {
  type CaptureBudget,
  type CaptureCost,
  type CaptureId,
  type CaptureOptions,
  type CapturePrice,
  type CaptureRequest,
  type Instance,
  KINDS_WITHOUT_DURATION,
} from '../http/contract/index.ts';
import { type Clock, toInstant } from '../store/index.ts';
import { LiveCapture } from './live-capture.ts';

export const NOTHING_MEASURED: CaptureCost = {
  startPauseMs: null,
  stopPauseMs: null,
  memoryGrowthBytes: null,
  worstPauseMs: null,
  usualPauseMs: null,
  recorderCpuCores: null,
  threadShare: null,
};

interface NewCapture {
  id: CaptureId;
  wish: CaptureRequest;
  instance: Instance;
  /** Who asks for it. */
  actor: string;
  /** How many wait already. */
  ahead: number;
  /** What ends a capture of this kind by itself, as far as the wish does not say it. */
  budget: CaptureBudget | undefined;
}

/** A capture as it begins: queued, with what was asked for and of whom. */
export function newCapture(
  { id, wish, instance, actor, ahead, budget }: NewCapture,
  clock: Clock,
): LiveCapture {
  const requestedAt = toInstant(clock.now());
  const facts: LiveCapture['facts'] = {
    id,
    kind: wish.kind,
    service: instance.service,
    serviceVersion: instance.version,
    instanceId: instance.id,
    instanceName: instance.name,
    thread: wish.thread,
    requestedAt,
    requestedBy: actor,
    durationSeconds: KINDS_WITHOUT_DURATION.includes(wish.kind) ? 0 : wish.durationSeconds,
    options: withBudget(wish.options, budget),
    price: priceOf(instance, wish),
    ending: null,
    threadUnresponsive: false,
    cost: NOTHING_MEASURED,
    pinned: false,
    note: wish.note,
  };
  return new LiveCapture(facts, { state: 'queued', since: requestedAt, ahead }, undefined, 0, clock);
}

function withBudget(options: CaptureOptions, budget: CaptureBudget | undefined): CaptureOptions {
  return budget === undefined ? options : { ...options, budget: { ...budget, ...options.budget } };
}

function priceOf(instance: Instance, { kind }: CaptureRequest): CapturePrice | null {
  const capability = instance.captures.find((offered) => offered.kind === kind);
  return capability?.available ? capability.price : null;
}
