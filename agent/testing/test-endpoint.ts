import { PulseBoard } from '../src/pulse-board.ts';
import { ActionDesk } from '../src/worker/actions/action-desk.ts';
import { EpochGate } from '../src/worker/actions/epoch-gate.ts';
import { ArtifactStore } from '../src/worker/artifacts/artifact-store.ts';
import { CaptureDesk } from '../src/worker/captures/capture-desk.ts';
import type { CaptureMethod } from '../src/worker/captures/capture-method.ts';
import { OverheadMeter } from '../src/worker/captures/overhead/overhead-meter.ts';
import { Description } from '../src/worker/description.ts';
import { AgentEndpoint } from '../src/worker/endpoint/agent-endpoint.ts';
import { MainThreadInspector } from '../src/worker/inspector/main-thread-inspector.ts';
import { ThreadDirectory } from '../src/worker/inspector/thread-directory.ts';
import { MainThreadLine } from '../src/worker/main-thread-line.ts';
import { Token } from '../src/worker/token.ts';
import { MainThreadPulse } from '../src/worker/vitals/main-thread-pulse.ts';
import { ResponsivenessWatch } from '../src/worker/vitals/responsiveness.ts';
import { VitalsClock } from '../src/worker/vitals/vitals-clock.ts';
import { TestMainThread } from './test-main-thread.ts';

export interface TestEndpoint extends AsyncDisposable {
  address: string;
  desk: CaptureDesk;
  vitals: VitalsClock;
  service: TestMainThread;
}

/**
 * The agent's real endpoint in this process, with the given kinds of capture. What stands for the service's main thread
 * is in the same thread, behind a real message channel.
 */
export async function listenForTest(
  methods: readonly CaptureMethod[],
  token: string,
  service = new TestMainThread(),
): Promise<TestEndpoint> {
  const store = new ArtifactStore(() => {});
  const watch = new ResponsivenessWatch(
    async () => true,
    () => performance.now(),
  );
  const pulse = new MainThreadPulse(service.post);
  const line = new MainThreadLine(pulse, service.post);
  const epochs = new EpochGate(0n, () => {});
  const actions = new ActionDesk(line, service.post, epochs, service.operations.remember());
  service.connect(pulse, line, actions);
  const vitals = new VitalsClock(pulse, watch, new PulseBoard().memory, () => {});
  const threads = new ThreadDirectory(new MainThreadInspector());
  const desk = new CaptureDesk(methods, store, new OverheadMeter(pulse, vitals, threads), {});
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
      threads,
      vitals,
      desk,
      line,
      actions,
    },
  );
  return {
    address: endpoint.address,
    desk,
    vitals,
    service,
    async [Symbol.asyncDispose]() {
      vitals[Symbol.dispose]();
      desk[Symbol.dispose]();
      await endpoint.close();
      store[Symbol.dispose]();
      service[Symbol.dispose]();
    },
  };
}
