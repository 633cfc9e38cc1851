import { once } from 'node:events';
import { type AddressInfo, createServer, type Server as NetServer, type Socket } from 'node:net';
import { create, type MessageInitShape } from '@bufbuild/protobuf';
import { durationFromMs, timestampNow } from '@bufbuild/protobuf/wkt';
import * as grpc from '@grpc/grpc-js';
import type { CancelActionRequest, PreviewActionRequest } from '#proto/gen/opscenter/v1/action_pb.ts';
import {
  Agent,
  type DescribeResponse,
  DescribeResponseSchema,
  type ReadResourceRequest,
  type ReadResourceResponse,
  ReadResourceResponseSchema,
  ResourceItem_Condition,
  type ResourceStateSchema,
  Responsiveness_State,
  type VitalsSchema,
  type WatchResponse,
  WatchResponseSchema,
} from '#proto/gen/opscenter/v1/agent_pb.ts';
import {
  CaptureKind,
  type ReleaseArtifactRequest,
  type StopCaptureRequest,
} from '#proto/gen/opscenter/v1/capture_pb.ts';
import type { InstanceIdentity } from '#proto/gen/opscenter/v1/identity_pb.ts';
import { toServiceDefinition } from '#proto/grpc/service-definition.ts';
import { identityOf, nodeRuntime } from './identity.ts';
import { type RunCall, refusal, ScriptedActions } from './scripted-actions.ts';
import type { ScriptedCapture } from './scripted-capture.ts';
import {
  type CollectCall,
  type ReadCall,
  type RecorderScript,
  ScriptedRecorder,
} from './scripted-recorder.ts';

/** What a scripted agent does; everything that is left out it does as an obedient agent would. */
export interface AgentScript extends RecorderScript {
  service?: string;
  identity?: InstanceIdentity;
  token?: string;
  vitals?: () => MessageInitShape<typeof VitalsSchema>;
  /** What every beat says of the resources. */
  resources?: () => MessageInitShape<typeof ResourceStateSchema>[];
  /** Answers ReadResource; a promise that never settles is an agent that hangs. */
  readResource?: (
    request: ReadResourceRequest,
    obedient: ReadResourceResponse,
  ) => ReadResourceResponse | Promise<ReadResourceResponse>;
  /** Takes over the whole answer of RunAction. */
  runAction?: (call: RunCall, agent: ScriptedAgent) => void;
  watchIntervalMs?: number;
  describe?: (obedient: DescribeResponse) => DescribeResponse;
  /** Takes over the whole answer of CollectPerformanceData. */
  collect?: (call: CollectCall, agent: ScriptedAgent) => void;
  /** Takes over the whole answer of ReadArtifact. */
  readArtifact?: (call: ReadCall, agent: ScriptedAgent) => void;
  /** PEM; without it the agent speaks plain text. */
  tls?: { cert: Buffer; key: Buffer };
}

/** An agent that speaks the whole contract over real gRPC, and does what its script says. */
export class ScriptedAgent implements AsyncDisposable {
  readonly identity: InstanceIdentity;
  readonly script: AgentScript;
  readonly captures = new Map<string, ScriptedCapture>();
  readonly #recorder: ScriptedRecorder;
  /** Names of the calls that came, in order: "describe", "collect cap_…", … */
  readonly calls: string[] = [];
  readonly actions = new ScriptedActions();
  #server: grpc.Server;
  #listener: NetServer;
  #port = 0;
  readonly #sockets = new Set<Socket>();
  readonly #watchers = new Set<grpc.ServerWritableStream<unknown, WatchResponse>>();
  readonly #timer: NodeJS.Timeout;
  revision = 1n;
  /** While set, no vitals are sent. */
  isMute = false;

  private constructor(script: AgentScript) {
    this.script = script;
    this.#recorder = new ScriptedRecorder(script, this.captures);
    this.identity = script.identity ?? identityOf(script.service ?? 'user-service');
    this.#server = this.#newServer();
    this.#listener = createServer();
    this.#timer = setInterval(() => this.#beat(), script.watchIntervalMs ?? 1000);
  }

  static async start(script: AgentScript = {}): Promise<ScriptedAgent> {
    const agent = new ScriptedAgent(script);
    await agent.#listen();
    return agent;
  }

  get port(): number {
    return this.#port;
  }

  get address(): string {
    return `127.0.0.1:${this.#port}`;
  }

  /** Resets every connection, as a network does that was cut. */
  breakConnections(): void {
    for (const socket of this.#sockets) socket.resetAndDestroy();
  }

  /** Stops listening and resets every connection: what a killed process looks like from outside. */
  vanish(): void {
    this.#listener.close();
    this.breakConnections();
  }

  /** Listens again at the same address. */
  async reappear(): Promise<void> {
    this.#server.forceShutdown();
    this.#server = this.#newServer();
    this.#listener = createServer();
    await this.#listen();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#timer);
    for (const capture of this.captures.values()) capture.dispose();
    this.vanish();
    this.#server.forceShutdown();
  }

  toDescription(): DescribeResponse {
    const obedient = create(DescribeResponseSchema, {
      identity: this.identity,
      runtime: nodeRuntime,
      threads: [
        { id: 'main', name: 'main' },
        { id: 'worker-1', name: 'hashing' },
      ],
      captures: [
        {
          kind: CaptureKind.CPU,
          available: true,
          price: { startPause: durationFromMs(50), throughputLoss: 0.02 },
        },
        { kind: CaptureKind.HEAP, available: false, unavailableReason: 'Not built into this agent.' },
      ],
      resources: [{ id: 'pool', kind: 'pool', name: 'database pool', description: 'Connections' }],
      actions: [{ type: 'pool.flush', title: 'Flush', parametersSchemaJson: '{"type":"object"}' }],
      heldCaptures: [...this.captures.values()].map((capture) => capture.toHeld()),
    });
    return this.script.describe?.(obedient) ?? obedient;
  }

  async #listen(): Promise<void> {
    const { tls } = this.script;
    const injector = this.#server.createConnectionInjector(
      tls
        ? grpc.ServerCredentials.createSsl(null, [{ cert_chain: tls.cert, private_key: tls.key }])
        : grpc.ServerCredentials.createInsecure(),
    );
    this.#listener.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.on('error', () => {});
      socket.once('close', () => this.#sockets.delete(socket));
      injector.injectConnection(socket);
    });
    this.#listener.listen(this.#port, '127.0.0.1');
    await once(this.#listener, 'listening');
    this.#port = (this.#listener.address() as AddressInfo).port;
  }

  #newServer(): grpc.Server {
    const server = new grpc.Server({ 'grpc.enable_channelz': 0, 'grpc.max_concurrent_streams': 16 });
    server.addService(toServiceDefinition(Agent), {
      describe: this.#unary('describe', () => this.toDescription()),
      watch: (call: grpc.ServerWritableStream<unknown, WatchResponse>) => this.#watch(call),
      collectPerformanceData: (call: CollectCall) => this.#collect(call),
      readArtifact: (call: ReadCall) => this.#read(call),
      stopCapture: this.#unary('stop', (request: StopCaptureRequest) => this.#recorder.stop(request)),
      releaseArtifact: this.#unary('release', (request: ReleaseArtifactRequest) =>
        this.#recorder.release(request),
      ),
      readResource: this.#unary('read-resource', (request: ReadResourceRequest) =>
        this.#readResource(request),
      ),
      previewAction: this.#unary('preview', (request: PreviewActionRequest) => this.actions.preview(request)),
      runAction: (call: RunCall) => this.#run(call),
      cancelAction: this.#unary('cancel', (request: CancelActionRequest) => this.actions.cancel(request)),
    });
    return server;
  }

  #isAllowed(call: { metadata: grpc.Metadata }): boolean {
    const { token } = this.script;
    return token === undefined || call.metadata.get('authorization')[0] === `Bearer ${token}`;
  }

  #unary<Request, Response>(
    name: string,
    answer: (request: Request) => Response | Promise<Response>,
  ): grpc.handleUnaryCall<Request, Response> {
    return async (call, callback) => {
      const { captureId, idempotencyKey } = call.request as { captureId?: string; idempotencyKey?: string };
      this.calls.push([name, captureId ?? idempotencyKey].filter(Boolean).join(' '));
      try {
        if (!this.#isAllowed(call))
          throw refusal(grpc.status.UNAUTHENTICATED, 'token-refused', 'wrong token');
        callback(null, await answer(call.request));
      } catch (error) {
        callback(error as grpc.ServiceError);
      }
    };
  }

  #readResource(request: ReadResourceRequest): ReadResourceResponse | Promise<ReadResourceResponse> {
    const state = this.#resources().find(({ id }) => id === request.id);
    if (!state) throw refusal(grpc.status.NOT_FOUND, 'unknown-resource', 'There is no such resource.');
    const obedient = create(ReadResourceResponseSchema, {
      state,
      items: [{ id: 'c1', name: 'connection 1', condition: ResourceItem_Condition.WELL, state: 'healthy' }],
      itemCount: 1n,
    });
    return this.script.readResource?.(request, obedient) ?? obedient;
  }

  #resources(): MessageInitShape<typeof ResourceStateSchema>[] {
    const pool = { id: 'pool', at: timestampNow(), measures: [{ name: 'size', value: 12, unit: '1' }] };
    return this.script.resources?.() ?? [pool];
  }

  #run(call: RunCall): void {
    this.calls.push(`${call.request.attachOnly ? 'attach' : 'run'} ${call.request.idempotencyKey}`);
    call.on('error', () => {});
    if (this.script.runAction) this.script.runAction(call, this);
    else this.actions.run(call);
  }

  #watch(call: grpc.ServerWritableStream<unknown, WatchResponse>): void {
    this.#watchers.add(call);
    const leave = () => this.#watchers.delete(call);
    call.on('cancelled', leave).on('close', leave).on('error', leave);
    if (!this.isMute) call.write(this.#toWatch());
  }

  #beat(): void {
    if (this.isMute || this.#watchers.size === 0) return;
    const message = this.#toWatch();
    for (const call of this.#watchers) call.write(message);
  }

  #toWatch(): WatchResponse {
    return create(WatchResponseSchema, {
      at: timestampNow(),
      descriptionRevision: this.revision,
      vitals: this.script.vitals?.() ?? {
        responsiveness: { state: Responsiveness_State.RESPONSIVE, roundTrip: durationFromMs(1) },
        eventLoopDelayP50Ms: 1,
        eventLoopDelayP99Ms: 4,
        eventLoopUtilization: 0.2,
        cpuCores: 0.25,
        mainThreadCpuCores: 0.2,
        rssBytes: 80_000_000n,
        heapUsedBytes: 30_000_000n,
        heapLimitBytes: 2_000_000_000n,
        gcCount: 2,
        gcPauseMs: 3,
      },
      resources: this.#resources(),
    });
  }

  #collect(call: CollectCall): void {
    this.calls.push(`collect ${call.request.captureId}`);
    call.on('error', () => {});
    if (this.script.collect) this.script.collect(call, this);
    else void this.obeyCollect(call);
  }

  /** Follows a capture, and starts it when it is new. */
  async obeyCollect(call: CollectCall): Promise<void> {
    await this.#recorder.collect(call);
  }

  #read(call: ReadCall): void {
    this.calls.push(`read ${call.request.captureId} ${call.request.offset}`);
    call.on('error', () => {});
    if (this.script.readArtifact) this.script.readArtifact(call, this);
    else void this.#recorder.read(call);
  }
}
