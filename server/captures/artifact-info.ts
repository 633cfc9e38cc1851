import { durationMs } from '@bufbuild/protobuf/wkt';
import type { ArtifactInfo, CaptureCost as CostMessage } from '#proto/gen/opscenter/v1/capture_pb.ts';
import type { Artifact, CaptureCost } from '../http/contract/index.ts';
import { CaptureFailure, protocolFailure } from './capture-failure.ts';

/**
 * Checks the announcement of an artifact.
 *
 * @throws CaptureFailure that names what was wrong
 */
export function parseArtifactInfo(message: ArtifactInfo, maxBytes: number): Artifact {
  const { mediaType, sizeBytes, sha256, recorded, endedBy } = message;
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
  if (endedBy !== 'duration' && endedBy !== 'stopped' && endedBy !== 'limit') {
    throw protocolFailure('it did not say why the recording ended');
  }
  const recordedSeconds = recorded ? durationMs(recorded) / 1000 : Number.NaN;
  if (!(recordedSeconds >= 0)) throw protocolFailure('it did not say how long it recorded');
  return {
    mediaType,
    sizeBytes: Number(sizeBytes),
    sha256: Buffer.from(sha256).toString('hex'),
    recordedSeconds,
    endedBy,
  };
}

/** What is newly known of the cost, over what was known. */
export function toCost(message: CostMessage | undefined, known: CaptureCost): CaptureCost {
  if (!message) return known;
  const { startPause, stopPause, memoryGrowthBytes } = message;
  return {
    startPauseMs: startPause ? durationMs(startPause) : known.startPauseMs,
    stopPauseMs: stopPause ? durationMs(stopPause) : known.stopPauseMs,
    memoryGrowthBytes: Number(memoryGrowthBytes),
  };
}
