import { onTestFinished } from 'vitest';
import { AuditLog } from '../audit/index.ts';
import { type CaptureLimits, CaptureService, type CaptureServiceOptions } from '../captures/index.ts';
import { RegistrySource } from '../discovery/index.ts';
import type {
  Capture,
  CaptureId,
  CaptureRequest,
  CaptureState,
  StateChange,
} from '../http/contract/index.ts';
import { type Compression, InstanceDirectory } from '../instances/index.ts';
import { type Clock, type Store, systemClock } from '../store/index.ts';
import { ManualSource } from './manual-source.ts';
import { type AgentScript, ScriptedAgent } from './scripted-agent.ts';
import { silentLog } from './silent-log.ts';
import { openTestStore } from './test-store.ts';
import { waitUntil } from './wait-until.ts';

export interface BenchOptions {
  dataDirectory?: string;
  limits?: Partial<CaptureLimits>;
  times?: CaptureServiceOptions['times'];
  clock?: Clock;
  sources?: CaptureServiceOptions['sources'];
  /** Opens a registry that agents in other processes can announce themselves to. */
  registryToken?: string;
  /** Agents are on loopback: where it pays is nowhere. */
  compression?: Compression;
}

const limits: CaptureLimits = {
  running: 8,
  queued: 4,
  artifactMaxBytes: 256 * 1024 * 1024,
  artifactTotalBytes: 1024 ** 3,
  retentionDays: 14,
};

/** Store, audit, instances and captures together, with agents that do what the test tells them. */
export class CaptureBench {
  readonly store: Store;
  readonly audit: AuditLog;
  readonly directory: InstanceDirectory;
  readonly service: CaptureService;
  readonly source: ManualSource;
  /** Empty without `registryToken`. */
  readonly registryAddress: string;
  /** Every state of every capture, in order. */
  readonly seen: { id: CaptureId; status: CaptureState }[] = [];
  readonly changes: StateChange[] = [];

  private constructor(
    parts: Pick<CaptureBench, 'store' | 'audit' | 'directory' | 'service' | 'source' | 'registryAddress'>,
  ) {
    this.store = parts.store;
    this.audit = parts.audit;
    this.directory = parts.directory;
    this.service = parts.service;
    this.source = parts.source;
    this.registryAddress = parts.registryAddress;
    this.service.onChange((change) => {
      this.changes.push(change);
      if (change.type === 'capture') this.seen.push({ id: change.capture.id, status: change.capture.status });
    });
  }

  static async open(options: BenchOptions = {}): Promise<CaptureBench> {
    const clock = options.clock ?? systemClock;
    const store = await openTestStore(options.dataDirectory, clock);
    const { dataDirectory, timeline } = store;
    const log = silentLog;
    const audit = await AuditLog.open({ db: store.db, dataDirectory, clock, log });
    const source = new ManualSource();
    const agentToken = options.registryToken ?? 'token';
    const registry = new RegistrySource({
      host: '127.0.0.1',
      port: 0,
      token: agentToken,
      epoch: store.epoch,
      networks: [],
      log,
    });
    const directory = await InstanceDirectory.start({
      sources: options.registryToken ? [source, registry] : [source],
      agentToken,
      ...(options.compression && { compression: options.compression }),
      timeline,
      clock,
      log,
    });
    const service = await CaptureService.start({
      store,
      audit,
      instances: directory,
      sources: options.sources ?? [],
      limits: { ...limits, ...options.limits },
      clock,
      log,
      times: options.times ?? {},
    });
    const bench = new CaptureBench({
      store,
      audit,
      directory,
      service,
      source,
      registryAddress: registry.address,
    });
    onTestFinished(() => bench.close());
    return bench;
  }

  /** As the server stops: what is under way stays for the next one. */
  async close(): Promise<void> {
    await this.service[Symbol.asyncDispose]();
    await this.directory[Symbol.asyncDispose]();
    await this.audit[Symbol.asyncDispose]();
    await this.store.close().catch(() => {});
  }

  /** An agent that is announced and connected. */
  async agent(script: AgentScript = {}): Promise<ScriptedAgent> {
    const agent = await ScriptedAgent.start(script);
    onTestFinished(() => agent[Symbol.asyncDispose]());
    await this.connect(agent);
    return agent;
  }

  async connect(agent: ScriptedAgent): Promise<void> {
    this.source.find(agent);
    await waitUntil('the agent is connected', () =>
      this.directory.list().some(({ pid, service, connection }) => {
        const { identity } = agent;
        return pid === identity.pid && service === identity.service && connection.state === 'connected';
      }),
    );
  }

  request(wish: Partial<CaptureRequest> = {}, actor = 'kim'): Promise<Capture> {
    return this.service.request(
      {
        service: 'user-service',
        kind: 'cpu',
        durationSeconds: 0.2,
        thread: 'main',
        options: { intervalMicros: 1000 },
        note: '',
        ...wish,
      } as CaptureRequest,
      actor,
    );
  }

  async untilState<State extends CaptureState['state']>(
    id: CaptureId,
    ...wanted: State[]
  ): Promise<Capture & { status: Extract<CaptureState, { state: State }> }> {
    const found = await waitUntil(
      `${id} is ${wanted.join(' or ')}; it was ${this.statesOf(id).join(', ')}`,
      async () => {
        const capture = await this.service.find(id);
        return capture && wanted.includes(capture.status.state as State) ? capture : undefined;
      },
    );
    return found as Capture & { status: Extract<CaptureState, { state: State }> };
  }

  async untilEnded(id: CaptureId): Promise<Capture> {
    return await this.untilState(id, 'complete', 'failed', 'cancelled');
  }

  /** Without repetitions. */
  statesOf(id: CaptureId): CaptureState['state'][] {
    const states = this.seen.filter((seen) => seen.id === id).map(({ status }) => status.state);
    return states.filter((state, index) => state !== states[index - 1]);
  }
}
