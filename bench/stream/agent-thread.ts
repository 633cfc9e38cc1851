import { hostname } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { ActionDesk } from '../../agent/dist/agent/src/worker/actions/action-desk.js';
import { EpochGate } from '../../agent/dist/agent/src/worker/actions/epoch-gate.js';
import type { Artifact } from '../../agent/dist/agent/src/worker/artifacts/artifact.js';
import { ArtifactStore } from '../../agent/dist/agent/src/worker/artifacts/artifact-store.js';
import { CaptureDesk } from '../../agent/dist/agent/src/worker/captures/capture-desk.js';
import type { CaptureMethod } from '../../agent/dist/agent/src/worker/captures/capture-method.js';
import { OverheadMeter } from '../../agent/dist/agent/src/worker/captures/overhead/overhead-meter.js';
import { Description } from '../../agent/dist/agent/src/worker/description.js';
import { AgentEndpoint } from '../../agent/dist/agent/src/worker/endpoint/agent-endpoint.js';
import { MainThreadInspector } from '../../agent/dist/agent/src/worker/inspector/main-thread-inspector.js';
import { ThreadDirectory } from '../../agent/dist/agent/src/worker/inspector/thread-directory.js';
import { MainThreadLine } from '../../agent/dist/agent/src/worker/main-thread-line.js';
import { RegistrationLoop } from '../../agent/dist/agent/src/worker/registration/registration-loop.js';
import { Token } from '../../agent/dist/agent/src/worker/token.js';
import { MainThreadPulse } from '../../agent/dist/agent/src/worker/vitals/main-thread-pulse.js';
import { ResponsivenessWatch } from '../../agent/dist/agent/src/worker/vitals/responsiveness.js';
import { VitalsClock } from '../../agent/dist/agent/src/worker/vitals/vitals-clock.js';

/**
 * The built agent's own thread, put together as in the agent, but for one thing: what it records is a large file that
 * is there already. From the request to the last chunk everything is the agent's own code.
 */
const [registry = '', token = '', artifactPath = ''] = workerData as string[];

const CPU_KIND = 1;
const SHARED_BYTES = 256;

/** Hashes the file once and never removes it. */
class OneLargeFile extends ArtifactStore {
  #artifact: Promise<Artifact> | undefined;

  override adopt(path: string): Promise<Artifact> {
    this.#artifact ??= super.adopt(path, new AbortController().signal);
    return this.#artifact;
  }

  override async remove(): Promise<void> {}
}

const method: CaptureMethod = {
  kind: CPU_KIND,
  name: 'cpu',
  mediaType: 'application/octet-stream',
  findCapability: () => ({
    available: true,
    price: { startPauseMs: 0, throughputLoss: 0, memoryBytes: 0, cpuCores: 0, artifactBytes: 0 },
    budget: { pauseMs: 1_000, threadShare: 1, cpuCores: 8, memoryBytes: 2 ** 30 },
  }),
  prepare: () => async (recording) => {
    await recording.began({ threadUnresponsive: false, startPauseMs: 0, mostDurationMs: 1_000 });
    recording.ended(0);
    return { recordedMs: 1, file: artifactPath };
  },
};

const identity = {
  service: 'bench-agent',
  version: '1.0.0',
  host: hostname(),
  pid: process.pid,
  startedAtMs: Date.now(),
  labels: {},
};
const runtime = {
  version: process.versions.node,
  engineVersion: process.versions.v8,
  platform: process.platform,
  arch: process.arch,
  agentVersion: '0.1.0',
};

const store = new OneLargeFile(() => undefined);
// What recording costs is not what is measured.
await store.adopt(artifactPath);

const inspector = new MainThreadInspector();
const threads = new ThreadDirectory(inspector);
const hear: ConstructorParameters<typeof MainThreadPulse>[0] = (message) => {
  if (message.type !== 'ping') return;
  const { sequence } = message;
  setImmediate(() => pulse.hear({ type: 'pong', sequence, atNanos: process.hrtime.bigint(), resources: [] }));
};
const pulse = new MainThreadPulse(hear);
const line = new MainThreadLine(pulse, hear);
const nothingRan = { runs: [], spentKeys: [], epoch: 0n };
const actions = new ActionDesk(line, hear, new EpochGate(0n, () => undefined), nothingRan);
const watch = new ResponsivenessWatch(
  async () => true,
  () => performance.now(),
);
const vitals = new VitalsClock(pulse, watch, new SharedArrayBuffer(SHARED_BYTES), () => undefined);
const secret = new Token({ kind: 'value', token });
const endpoint = await AgentEndpoint.listen(
  { host: '127.0.0.1', port: 0, advertisedHost: undefined, tls: undefined },
  secret,
  {
    description: new Description(identity, runtime),
    threads,
    vitals,
    desk: new CaptureDesk([method], store, new OverheadMeter(pulse, vitals, threads), {}),
    line,
    actions,
  },
);
const facts = { identity, runtime, agentAddress: endpoint.address, agentTls: endpoint.speaksTls };
void new RegistrationLoop({ server: registry, serverCa: undefined, facts }, secret, () => undefined).run();

parentPort?.postMessage(endpoint.address);
