import { CaptureKind } from '../../proto/gen/opscenter/v1/capture_pb.ts';
import { PulseBoard } from '../src/pulse-board.ts';
import { ArtifactStore } from '../src/worker/artifacts/artifact-store.ts';
import { CaptureDesk } from '../src/worker/captures/capture-desk.ts';
import type { CaptureMethod } from '../src/worker/captures/capture-method.ts';
import { Description } from '../src/worker/description.ts';
import { AgentEndpoint } from '../src/worker/endpoint/agent-endpoint.ts';
import { MainThreadInspector } from '../src/worker/inspector/main-thread-inspector.ts';
import { ThreadDirectory } from '../src/worker/inspector/thread-directory.ts';
import { Token } from '../src/worker/token.ts';
import { MainThreadPulse } from '../src/worker/vitals/main-thread-pulse.ts';
import { ResponsivenessWatch } from '../src/worker/vitals/responsiveness.ts';
import { VitalsClock } from '../src/worker/vitals/vitals-clock.ts';

/**
 * The agent's real endpoint with real captures whose artifact is a given file, for tests and measurements of the way
 * the bytes take. Every `cpu` capture ends at once and leaves the file.
 */
export async function serveFile(path: string, token: string): Promise<AgentEndpoint> {
  const threads = new ThreadDirectory(new MainThreadInspector());
  const pulse = new MainThreadPulse(() => {});
  const watch = new ResponsivenessWatch(
    async () => true,
    () => performance.now(),
  );
  const identity = {
    service: 'file',
    version: '',
    host: 'here',
    pid: process.pid,
    startedAtMs: 0,
    labels: {},
  };
  const runtime = { version: '', engineVersion: '', platform: '', arch: '', agentVersion: '' };
  return AgentEndpoint.listen(
    { host: '127.0.0.1', port: 0, advertisedHost: undefined, tls: undefined },
    new Token({ kind: 'value', token }),
    {
      description: new Description(identity, runtime),
      threads,
      vitals: new VitalsClock(pulse, watch, new PulseBoard().memory, () => {}),
      desk: new CaptureDesk([fileMethod(path)], new ArtifactStore(() => {})),
    },
  );
}

function fileMethod(file: string): CaptureMethod {
  return {
    kind: CaptureKind.CPU,
    name: 'cpu',
    mediaType: 'application/octet-stream',
    findCapability: () => ({
      available: true,
      price: { startPauseMs: 0, throughputLoss: 0, memoryBytes: 0 },
    }),
    prepare: () => async (recording) => {
      await recording.began({ threadUnresponsive: false, startPauseMs: 0, mostDurationMs: 0 });
      recording.ended(0);
      return { recordedMs: 0, file };
    },
  };
}
