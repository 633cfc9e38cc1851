import type { CaptureCost, CaptureId, CaptureRequest, Instance } from '../http/contract/index.ts';
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
}

/** A capture as it begins: queued, with what was asked for and of whom. */
export function newCapture({ id, wish, instance, actor, ahead }: NewCapture, clock: Clock): LiveCapture {
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
    durationSeconds: wish.durationSeconds,
    options: wish.options,
    ending: null,
    threadUnresponsive: false,
    cost: NOTHING_MEASURED,
    pinned: false,
    note: wish.note,
  };
  return new LiveCapture(facts, { state: 'queued', since: requestedAt, ahead }, undefined, 0, clock);
}
