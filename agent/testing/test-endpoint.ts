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

export interface TestEndpoint extends AsyncDisposable {
  address: string;
  desk: CaptureDesk;
  vitals: VitalsClock;
}

/** The agent's real endpoint in this process, with the given kinds of capture and nobody's main thread behind it. */
export async function listenForTest(methods: readonly CaptureMethod[], token: string): Promise<TestEndpoint> {
  const store = new ArtifactStore(() => {});
  const desk = new CaptureDesk(methods, store);
  const watch = new ResponsivenessWatch(
    async () => true,
    () => performance.now(),
  );
  const silent = new MainThreadPulse(() => {});
  const vitals = new VitalsClock(silent, watch, new PulseBoard().memory, () => {});
  const identity = {
    service: 'tested',
    version: '',
    host: 'here',
    pid: process.pid,
    startedAtMs: 0,
    labels: {},
  };
  const runtime = { version: '', engineVersion: '', platform: '', arch: '', agentVersion: '' };
  const endpoint = await AgentEndpoint.listen(
    { host: '127.0.0.1', port: 0, advertisedHost: undefined, tls: undefined },
    new Token({ kind: 'value', token }),
    {
      description: new Description(identity, runtime),
      threads: new ThreadDirectory(new MainThreadInspector()),
      vitals,
      desk,
    },
  );
  return {
    address: endpoint.address,
    desk,
    vitals,
    async [Symbol.asyncDispose]() {
      vitals[Symbol.dispose]();
      desk[Symbol.dispose]();
      await endpoint.close();
      store[Symbol.dispose]();
    },
  };
}
