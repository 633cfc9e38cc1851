import { CaptureKind } from '../../proto/gen/opscenter/v1/capture_pb.ts';
import type { CaptureMethod } from '../src/worker/captures/capture-method.ts';
import { listenForTest, type TestEndpoint } from './test-endpoint.ts';

/**
 * The agent's real endpoint with real captures whose artifact is a given file, for tests and measurements of the way
 * the bytes take. Every `cpu` capture ends at once and leaves the file; releasing it removes the file.
 */
export function serveFile(path: string, token: string): Promise<TestEndpoint> {
  return listenForTest([fileMethod(path)], token);
}

function fileMethod(file: string): CaptureMethod {
  return {
    kind: CaptureKind.CPU,
    name: 'cpu',
    mediaType: 'application/octet-stream',
    findCapability: () => ({
      available: true,
      price: { startPauseMs: 0, throughputLoss: 0, memoryBytes: 0, cpuCores: 0, artifactBytes: 0 },
      budget: { pauseMs: 1_000, threadShare: 1, cpuCores: 8, memoryBytes: 2 ** 30 },
    }),
    prepare: () => async (recording) => {
      await recording.began({ threadUnresponsive: false, startPauseMs: 0, mostDurationMs: 0 });
      recording.ended(0);
      return { recordedMs: 0, file };
    },
  };
}
