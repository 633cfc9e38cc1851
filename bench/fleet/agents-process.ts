import { setTimeout as sleep } from 'node:timers/promises';
import { create } from '@bufbuild/protobuf';
import { durationFromMs, timestampFromMs, timestampNow } from '@bufbuild/protobuf/wkt';
import { Server, ServerCredentials, type ServerWritableStream } from '@grpc/grpc-js';
import {
  Agent,
  DescribeResponseSchema,
  Responsiveness_State,
  type WatchRequest,
  type WatchResponse,
  WatchResponseSchema,
} from '#proto/gen/opscenter/v1/agent_pb.ts';
import { CaptureKind } from '#proto/gen/opscenter/v1/capture_pb.ts';
import { toServiceDefinition } from '#proto/grpc/service-definition.ts';
import { RegistrationLoop } from '../../agent/dist/agent/src/worker/registration/registration-loop.js';
import { Token } from '../../agent/dist/agent/src/worker/token.js';
import { answerParent } from '../harness/child.ts';

/**
 * Many simulated agents in one process. Each is a gRPC server of its own with an identity of its own, and registers
 * and keeps its lease by the agent's own code; what it tells about itself is made up.
 */
const [registry = '', secret = '', group = '', first = '0', count = '0', perService = '5'] =
  process.argv.slice(2);
const token = new Token({ kind: 'value', token: secret });
const startedAtMs = Date.now();
const TIERS = ['edge', 'game', 'data'] as const;

const runtime = {
  version: process.versions.node,
  engineVersion: process.versions.v8,
  platform: process.platform,
  arch: process.arch,
  agentVersion: '0.1.0',
};

function identityOf(index: number) {
  const service = Math.floor(index / Number(perService));
  return {
    service: `service-${String(service).padStart(3, '0')}`,
    version: `1.${service % 7}.0`,
    host: `host-${index % 40}`,
    pid: 1000 + index,
    startedAtMs,
    labels: {
      tier: TIERS[service % TIERS.length] ?? 'other',
      instance: `service-${String(service).padStart(3, '0')}-${index % Number(perService)}`,
      group,
    },
  };
}
type Identity = ReturnType<typeof identityOf>;

function toDescription(identity: Identity) {
  return create(DescribeResponseSchema, {
    identity: {
      service: identity.service,
      version: identity.version,
      host: identity.host,
      pid: identity.pid,
      startedAt: timestampFromMs(identity.startedAtMs),
      labels: identity.labels,
    },
    runtime: { ...runtime, name: 'nodejs' },
    threads: [{ id: 'main', name: 'main thread' }],
    captures: [{ kind: CaptureKind.CPU, available: true, price: { startPause: durationFromMs(50) } }],
    resources: [{ id: 'rooms', kind: 'rooms', name: 'Rooms', description: '' }],
  });
}

/** Numbers that move, so that nothing downstream can rest on them being equal. */
function vitalsAt(index: number, second: number): WatchResponse {
  const wave = (Math.sin((second + index) / 7) + 1) / 2;
  return create(WatchResponseSchema, {
    at: timestampNow(),
    descriptionRevision: 1n,
    vitals: {
      responsiveness: {
        state: Responsiveness_State.RESPONSIVE,
        roundTrip: { seconds: 0n, nanos: Math.round((1 + wave) * 1e6) },
      },
      eventLoopDelayP50Ms: wave,
      eventLoopDelayP99Ms: 2 + 3 * wave,
      eventLoopDelayMaxMs: 4 + 6 * wave,
      eventLoopUtilization: wave * 0.6,
      cpuCores: wave * 0.5,
      mainThreadCpuCores: wave * 0.45,
      rssBytes: BigInt(Math.round(1e8 + 5e7 * wave)),
      heapUsedBytes: BigInt(Math.round(4e7 + 2e7 * wave)),
      heapTotalBytes: 80_000_000n,
      heapLimitBytes: 2_000_000_000n,
      externalBytes: 2_000_000n,
      gcCount: Math.round(wave * 5),
      gcPauseMs: wave * 4,
    },
    resources: [
      {
        id: 'rooms',
        at: timestampNow(),
        measures: [{ name: 'rooms', value: Math.round(wave * 100), unit: '1' }],
        error: '',
      },
    ],
  });
}

async function watch(call: ServerWritableStream<WatchRequest, WatchResponse>, index: number): Promise<void> {
  // Agents of a fleet do not beat in step.
  const phase = (index * 137) % 1000;
  for (let second = 0; !call.cancelled; second++) {
    if (!call.writableNeedDrain) call.write(vitalsAt(index, second));
    await sleep(second === 0 ? phase : 1000);
  }
}

async function startSimulatedAgent(index: number): Promise<void> {
  const identity = identityOf(index);
  const server = new Server({ 'grpc.enable_channelz': 0 });
  const description = toDescription(identity);
  server.addService(toServiceDefinition(Agent), {
    describe: (_call: unknown, respond: (error: null, response: unknown) => void) =>
      respond(null, description),
    watch: (call: ServerWritableStream<WatchRequest, WatchResponse>) => void watch(call, index),
  });
  const port = await new Promise<number>((resolve, reject) =>
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    ),
  );
  const facts = { identity, runtime, agentAddress: `127.0.0.1:${port}`, agentTls: false };
  void new RegistrationLoop({ server: registry, serverCa: undefined, facts }, token, () => undefined).run();
}

for (let index = 0; index < Number(count); index++) await startSimulatedAgent(Number(first) + index);

answerParent({ ready: () => true });
