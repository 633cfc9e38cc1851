import { createHash } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { create } from '@bufbuild/protobuf';
import { durationFromMs, timestampNow } from '@bufbuild/protobuf/wkt';
import type { HeldCapture } from '#proto/gen/opscenter/v1/agent_pb.ts';
import { HeldCaptureSchema } from '#proto/gen/opscenter/v1/agent_pb.ts';
import {
  type ArtifactInfo,
  ArtifactInfoSchema,
  type CaptureKind,
  type CollectPerformanceDataResponse,
  CollectPerformanceDataResponseSchema,
  RecordingPhase,
} from '#proto/gen/opscenter/v1/capture_pb.ts';

export const CHUNK_BYTES = 32 * 1024;

export type CollectEvent = CollectPerformanceDataResponse['event'];

export function toCollectResponse(event: CollectEvent): CollectPerformanceDataResponse {
  return create(CollectPerformanceDataResponseSchema, { event });
}

/** A recording as a scripted agent makes it: it lasts as long as was asked for and yields given bytes. */
export class ScriptedCapture extends EventEmitter<{ changed: []; ended: [] }> {
  readonly id: string;
  readonly kind: CaptureKind;
  phase: RecordingPhase = RecordingPhase.RECORDING;
  artifact: ArtifactInfo | undefined;
  failure: { code: string; message: string } | undefined;
  readonly bytes: Uint8Array;
  readonly #mediaType: string;
  readonly #startedAt = performance.now();
  readonly #timers: NodeJS.Timeout[];

  constructor(options: {
    id: string;
    kind: CaptureKind;
    durationMs: number;
    bytes: Uint8Array;
    mediaType: string;
  }) {
    super();
    this.setMaxListeners(0);
    this.id = options.id;
    this.kind = options.kind;
    this.bytes = options.bytes;
    this.#mediaType = options.mediaType;
    this.#timers = [
      setTimeout(() => this.end('duration'), options.durationMs),
      setInterval(() => this.emit('changed'), 1000),
    ];
  }

  get elapsedMs(): number {
    return performance.now() - this.#startedAt;
  }

  get isOver(): boolean {
    return this.artifact !== undefined || this.failure !== undefined;
  }

  end(endedBy: string): void {
    if (this.isOver) return;
    this.phase = RecordingPhase.WRITING;
    this.artifact = create(ArtifactInfoSchema, {
      mediaType: this.#mediaType,
      sizeBytes: BigInt(this.bytes.length),
      sha256: createHash('sha256').update(this.bytes).digest(),
      recorded: durationFromMs(Math.round(this.elapsedMs)),
      endedBy,
      cost: { startPause: durationFromMs(31), memoryGrowthBytes: 1024n },
    });
    this.#finish();
  }

  fail(code: string, message: string): void {
    if (this.isOver) return;
    this.failure = { code, message };
    this.#finish();
  }

  dispose(): void {
    for (const timer of this.#timers) clearTimeout(timer);
  }

  toProgress(): CollectPerformanceDataResponse {
    return toCollectResponse({
      case: 'progress',
      value: {
        $typeName: 'opscenter.v1.CaptureProgress',
        phase: this.phase,
        elapsed: durationFromMs(Math.round(this.elapsedMs)),
        threadUnresponsive: false,
        writtenBytes: 0n,
        expectedBytes: 0n,
      },
    });
  }

  toHeld(): HeldCapture {
    return create(HeldCaptureSchema, {
      captureId: this.id,
      kind: this.kind,
      phase: this.phase,
      ...(this.artifact && { artifact: this.artifact }),
    });
  }

  #finish(): void {
    this.dispose();
    this.emit('changed');
    this.emit('ended');
  }
}

export function startedEvent(): CollectPerformanceDataResponse {
  return toCollectResponse({
    case: 'started',
    value: { $typeName: 'opscenter.v1.CaptureStarted', requestedAt: timestampNow() },
  });
}
