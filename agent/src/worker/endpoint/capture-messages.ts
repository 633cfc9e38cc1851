import { create, type MessageInitShape } from '@bufbuild/protobuf';
import { timestampFromMs } from '@bufbuild/protobuf/wkt';
import {
  type ArtifactDoneSchema,
  type ArtifactInfo,
  ArtifactInfoSchema,
  type CaptureCostSchema,
  type CaptureProgressSchema,
  type CollectPerformanceDataResponse,
  CollectPerformanceDataResponseSchema,
  RecordingPhase,
} from '../../../../proto/gen/opscenter/v1/capture_pb.ts';
import type { AgentErrorCode } from '../../errors.ts';
import type { Artifact } from '../artifacts/artifact.ts';
import type { Capture } from '../captures/capture.ts';
import { toDuration } from './duration.ts';

/** A capture's facts as messages of the contract. */
export function startedMessage(capture: Capture): CollectPerformanceDataResponse {
  return create(CollectPerformanceDataResponseSchema, {
    event: { case: 'started', value: { requestedAt: timestampFromMs(capture.requestedAtMs) } },
  });
}

export function progressMessage(capture: Capture): CollectPerformanceDataResponse {
  const value: MessageInitShape<typeof CaptureProgressSchema> = {
    phase: phaseOf(capture),
    elapsed: toDuration(capture.elapsedMs),
    cost: costOf(capture),
    threadUnresponsive: capture.threadUnresponsive,
    writtenBytes: BigInt(capture.written.bytes),
    expectedBytes: BigInt(capture.written.expectedBytes),
  };
  return create(CollectPerformanceDataResponseSchema, { event: { case: 'progress', value } });
}

export function failedMessage(code: AgentErrorCode, message: string): CollectPerformanceDataResponse {
  return create(CollectPerformanceDataResponseSchema, {
    event: { case: 'failed', value: { code, message } },
  });
}

/** Undefined while there is none. */
export function artifactInfoOf(capture: Capture): ArtifactInfo | undefined {
  const { state } = capture;
  if (state.state !== 'held') return undefined;
  return create(ArtifactInfoSchema, {
    mediaType: capture.method.mediaType,
    sizeBytes: BigInt(state.artifact.sizeBytes),
    sha256: state.artifact.sha256,
    recorded: toDuration(state.recordedMs),
    endedBy: state.endedBy,
    endedReason: state.endedReason,
    cost: costOf(capture),
    remarks: [...state.remarks],
    ...(state.redacted === undefined ? {} : { redacted: state.redacted }),
  });
}

export function doneOf({ sizeBytes, sha256 }: Artifact): MessageInitShape<typeof ArtifactDoneSchema> {
  return { sizeBytes: BigInt(sizeBytes), sha256 };
}

export function phaseOf({ state }: Capture): RecordingPhase {
  switch (state.state) {
    case 'waiting':
      return RecordingPhase.WAITING_FOR_THREAD;
    case 'recording':
      return RecordingPhase.RECORDING;
    case 'writing':
      return RecordingPhase.WRITING;
    default:
      return RecordingPhase.UNSPECIFIED;
  }
}

function costOf({ cost }: Capture): MessageInitShape<typeof CaptureCostSchema> {
  return {
    ...(cost.startPauseMs === undefined ? {} : { startPause: toDuration(cost.startPauseMs) }),
    ...(cost.stopPauseMs === undefined ? {} : { stopPause: toDuration(cost.stopPauseMs) }),
    ...(cost.worstPauseMs === undefined ? {} : { worstPause: toDuration(cost.worstPauseMs) }),
    ...(cost.usualPauseMs === undefined ? {} : { usualPause: toDuration(cost.usualPauseMs) }),
    ...(cost.recorderCpuCores === undefined ? {} : { recorderCpuCores: cost.recorderCpuCores }),
    ...(cost.threadShare === undefined ? {} : { threadShare: cost.threadShare }),
    memoryGrowthBytes: BigInt(cost.memoryGrowthBytes),
  };
}
