import { durationMs } from '@bufbuild/protobuf/wkt';
import type { ArtifactInfo, CaptureCost as CostMessage } from '#proto/gen/opscenter/v1/capture_pb.ts';
import { Artifact, type CaptureCost } from '../http/contract/index.ts';
import { toRemarks, toText } from '../instances/index.ts';
import { CaptureFailure, protocolFailure } from './capture-failure.ts';

/**
 * Checks the announcement of an artifact.
 *
 * @throws CaptureFailure that names what was wrong
 */
export function parseArtifactInfo(message: ArtifactInfo, maxBytes: number): Artifact {
  const { mediaType, sizeBytes, sha256, recorded, redacted, endedReason, remarks } = message;
  if (!/^[a-z0-9][a-z0-9!#$&^_.+-]{0,63}\/[a-z0-9][a-z0-9!#$&^_.+-]{0,63}$/.test(mediaType)) {
    throw protocolFailure('it announced an artifact without a proper media type');
  }
  if (sha256.length !== 32) throw protocolFailure('it announced an artifact without a SHA-256 of 32 bytes');
  if (sizeBytes === 0n) throw protocolFailure('it announced an artifact without a single byte');
  if (sizeBytes > BigInt(maxBytes)) {
    throw new CaptureFailure(
      'artifact-too-large',
      `The artifact has ${sizeBytes} bytes and OPSCENTER_ARTIFACT_MAX_BYTES allows ${maxBytes}.`,
    );
  }
  const endedBy = Artifact.shape.endedBy.safeParse(message.endedBy).data;
  if (!endedBy) throw protocolFailure('it did not say why the recording ended');
  const recordedSeconds = recorded ? durationMs(recorded) / 1000 : Number.NaN;
  if (!(recordedSeconds >= 0)) throw protocolFailure('it did not say how long it recorded');
  return {
    mediaType,
    sizeBytes: Number(sizeBytes),
    sha256: Buffer.from(sha256).toString('hex'),
    recordedSeconds,
    endedBy,
    endedReason: toText(endedReason, 500),
    remarks: toRemarks(remarks),
    redacted: redacted ?? null,
    transferredBytes: null,
  };
}

/** What is newly known of the cost, over what was known. */
export function toCost(message: CostMessage | undefined, known: CaptureCost): CaptureCost {
  if (!message) return known;
  const { startPause, stopPause, worstPause, usualPause, memoryGrowthBytes } = message;
  return {
    startPauseMs: startPause ? durationMs(startPause) : known.startPauseMs,
    stopPauseMs: stopPause ? durationMs(stopPause) : known.stopPauseMs,
    memoryGrowthBytes: Number(memoryGrowthBytes),
    worstPauseMs: worstPause ? durationMs(worstPause) : known.worstPauseMs,
    usualPauseMs: usualPause ? durationMs(usualPause) : known.usualPauseMs,
    recorderCpuCores: finite(message.recorderCpuCores) ?? known.recorderCpuCores,
    threadShare: finite(message.threadShare) ?? known.threadShare,
  };
}

function finite(value: number | undefined): number | undefined {
  return Number.isFinite(value) ? value : undefined;
}
