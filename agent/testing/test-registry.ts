import { EventEmitter, once } from 'node:events';
import { create } from '@bufbuild/protobuf';
import { Server, ServerCredentials, type ServerUnaryCall, type sendUnaryData, status } from '@grpc/grpc-js';
import {
  type DeregisterRequest,
  type DeregisterResponse,
  DeregisterResponseSchema,
  type HeartbeatRequest,
  type HeartbeatResponse,
  HeartbeatResponseSchema,
  type RegisterRequest,
  type RegisterResponse,
  RegisterResponseSchema,
  Registry,
} from '../../proto/gen/opscenter/v1/registry_pb.ts';
import { toServiceDefinition } from '../../proto/grpc/service-definition.ts';
import { toDuration } from '../src/worker/endpoint/duration.ts';

export const testToken = 'a-token-of-the-tests';

interface RegistryOptions {
  token?: string;
  port?: number;
  heartbeatIntervalMs?: number;
  credentials?: ServerCredentials;
}

/** A registry over real gRPC that notes what it is told. */
export class TestRegistry implements Disposable {
  readonly registrations: RegisterRequest[] = [];
  readonly deregistrations: DeregisterRequest[] = [];
  heartbeats = 0;
  /** Said with every heartbeat when it is not empty. */
  refusedReason = '';
  readonly #events = new EventEmitter();
  readonly #server = new Server({ 'grpc.enable_channelz': 0 });
  readonly #token: string;
  readonly #heartbeatIntervalMs: number;
  #leases = new Set<string>();
  #port = 0;

  private constructor({ token = testToken, heartbeatIntervalMs = 200 }: RegistryOptions) {
    this.#token = token;
    this.#heartbeatIntervalMs = heartbeatIntervalMs;
    this.#server.addService(toServiceDefinition(Registry), {
      register: (
        call: ServerUnaryCall<RegisterRequest, RegisterResponse>,
        reply: sendUnaryData<RegisterResponse>,
      ) => this.#register(call, reply),
      heartbeat: (
        call: ServerUnaryCall<HeartbeatRequest, HeartbeatResponse>,
        reply: sendUnaryData<HeartbeatResponse>,
      ) => this.#heartbeat(call, reply),
      deregister: (
        call: ServerUnaryCall<DeregisterRequest, DeregisterResponse>,
        reply: sendUnaryData<DeregisterResponse>,
      ) => {
        this.deregistrations.push(call.request);
        this.#events.emit('deregistered');
        reply(null, create(DeregisterResponseSchema));
      },
    });
  }

  static async start(options: RegistryOptions = {}): Promise<TestRegistry> {
    const registry = new TestRegistry(options);
    const credentials = options.credentials ?? ServerCredentials.createInsecure();
    registry.#port = await new Promise<number>((resolve, reject) => {
      registry.#server.bindAsync(`127.0.0.1:${options.port ?? 0}`, credentials, (error, port) =>
        error ? reject(error) : resolve(port),
      );
    });
    return registry;
  }

  get port(): number {
    return this.#port;
  }

  get address(): string {
    return `127.0.0.1:${this.#port}`;
  }

  /** The one with this number, counted from 1, now or when it comes. */
  async registration(number = 1): Promise<RegisterRequest> {
    for (;;) {
      const found = this.registrations[number - 1];
      if (found) return found;
      await once(this.#events, 'registered');
    }
  }

  async deregistration(): Promise<DeregisterRequest> {
    for (;;) {
      const found = this.deregistrations[0];
      if (found) return found;
      await once(this.#events, 'deregistered');
    }
  }

  async heartbeat(number: number): Promise<void> {
    while (this.heartbeats < number) await once(this.#events, 'heartbeat');
  }

  /** As a server does that was started again. */
  forgetLeases(): void {
    this.#leases = new Set();
  }

  [Symbol.dispose](): void {
    this.#server.forceShutdown();
  }

  #register(
    { request, metadata }: ServerUnaryCall<RegisterRequest, RegisterResponse>,
    reply: sendUnaryData<RegisterResponse>,
  ): void {
    this.registrations.push(request);
    this.#events.emit('registered');
    if (metadata.get('authorization')[0] !== `Bearer ${this.#token}`) {
      reply({ code: status.UNAUTHENTICATED, details: 'wrong token' });
      return;
    }
    const leaseId = `lease-${this.registrations.length}`;
    this.#leases.add(leaseId);
    const heartbeatInterval = toDuration(this.#heartbeatIntervalMs);
    const leaseDuration = toDuration(this.#heartbeatIntervalMs * 3);
    reply(null, create(RegisterResponseSchema, { leaseId, leaseDuration, heartbeatInterval, epoch: 1n }));
  }

  #heartbeat(
    { request }: ServerUnaryCall<HeartbeatRequest, HeartbeatResponse>,
    reply: sendUnaryData<HeartbeatResponse>,
  ): void {
    this.heartbeats += 1;
    this.#events.emit('heartbeat');
    if (!this.#leases.has(request.leaseId)) reply({ code: status.NOT_FOUND, details: 'unknown lease' });
    else reply(null, create(HeartbeatResponseSchema, { refusedReason: this.refusedReason }));
  }
}
