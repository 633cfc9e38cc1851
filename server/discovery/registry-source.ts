import { create } from '@bufbuild/protobuf';
import { durationFromMs } from '@bufbuild/protobuf/wkt';
import * as grpc from '@grpc/grpc-js';
import type { Logger } from 'pino';
import {
  type DeregisterRequest,
  DeregisterResponseSchema,
  type HeartbeatRequest,
  HeartbeatResponseSchema,
  type RegisterRequest,
  type RegisterResponse,
  RegisterResponseSchema,
  Registry,
} from '#proto/gen/opscenter/v1/registry_pb.ts';
import { toServiceDefinition } from '#proto/grpc/service-definition.ts';
import { RegistryPortUnavailable } from '../errors.ts';
import { AddressPolicy } from './address-policy.ts';
import type { DiscoveryEvents, DiscoverySource } from './discovery-source.ts';
import { GuardedGrpcServer } from './guarded-grpc-server.ts';
import { formatHostPort, parseHostPort } from './host-port.ts';
import { findIdentityMistake, findRuntimeMistake, identityKey, isText } from './identity.ts';
import { Leases } from './leases.ts';

export interface RegistrySourceOptions {
  host: string;
  /** 0: any free port; see `address` after the start. */
  port: number;
  /** What agents must show. */
  token: string;
  epoch: number;
  /** PEM; without it the registry speaks plain text. */
  tls?: { cert: Buffer; key: Buffer };
  /** CIDR blocks beyond loopback to which agents may direct the server. */
  networks: readonly string[];
  log: Logger;
}

const CONTRACT_VERSION = 1;
const LEASE_MS = 6_000;
/** Three heartbeats fit a lease: two may be lost. */
const HEARTBEAT_MS = 2_000;
/** An agent that was told of its refusal is quiet for a minute or a little more, and is not dead for it. */
const REFUSED_LEASE_MS = 90_000;
const SWEEP_MS = 500;
const MAX_REGISTRATIONS = 5_000;
const MAX_CONNECTIONS = 8_000;

/** A request that is answered with a gRPC status. */
class Refusal extends Error {
  readonly status: grpc.status;

  constructor(status: grpc.status, message: string) {
    super(message);
    this.status = status;
  }
}

/** Serves the Registry contract: instances announce themselves and renew a lease. */
export class RegistrySource implements DiscoverySource {
  readonly name = 'registry';
  readonly #options: RegistrySourceOptions;
  readonly #policy: AddressPolicy;
  readonly #leases = new Leases(LEASE_MS);
  #events: DiscoveryEvents | undefined;
  #address = '';

  constructor(options: RegistrySourceOptions) {
    this.#options = options;
    this.#policy = new AddressPolicy(options.networks);
  }

  /** host:port once started, else empty. */
  get address(): string {
    return this.#address;
  }

  /** @throws RegistryPortUnavailable */
  async start(events: DiscoveryEvents, signal: AbortSignal): Promise<AsyncDisposable> {
    this.#events = events;
    const server = new GuardedGrpcServer({
      ...this.#options,
      credentials: toCredentials(this.#options.tls),
      maxConnections: MAX_CONNECTIONS,
    });
    server.grpc.addService(toServiceDefinition(Registry), {
      register: this.#answering((request: RegisterRequest) => this.#register(request)),
      heartbeat: this.#answering((request: HeartbeatRequest) => this.#heartbeat(request)),
      deregister: this.#answering((request: DeregisterRequest) => this.#deregister(request)),
    });
    const { host, port } = this.#options;
    const bound = await server.listen().catch((error) => {
      throw new RegistryPortUnavailable(formatHostPort({ host, port }), { cause: error });
    });
    this.#address = formatHostPort({ host: bound.address, port: bound.port });
    const stopSweeping = this.#sweep();
    const stop = async () => {
      stopSweeping();
      await server[Symbol.asyncDispose]();
    };
    signal.addEventListener('abort', () => void stop(), { once: true });
    return { [Symbol.asyncDispose]: stop };
  }

  async #register(request: RegisterRequest): Promise<RegisterResponse> {
    const { identity, runtime, agentAddress, agentTls } = request;
    const mistake = findMistake(request);
    const address = parseHostPort(agentAddress);
    if (mistake || !address || !identity) {
      throw new Refusal(grpc.status.INVALID_ARGUMENT, mistake ?? 'agent_address must be host:port.');
    }
    const verdict = await this.#policy.resolve(address.host, agentTls);
    if (!verdict.allowed) {
      throw new Refusal(grpc.status.INVALID_ARGUMENT, `agent_address is refused: ${verdict.reason}.`);
    }
    const key = identityKey(identity);
    if (this.#leases.size >= MAX_REGISTRATIONS && !this.#leases.has(key)) {
      throw new Refusal(
        grpc.status.RESOURCE_EXHAUSTED,
        `${MAX_REGISTRATIONS} instances are registered, which is the limit.`,
      );
    }
    const lease = this.#leases.grant(key);
    this.#events?.found({
      key,
      address: agentAddress,
      host: verdict.address,
      port: address.port,
      tls: agentTls,
      identity,
      runtime,
    });
    return create(RegisterResponseSchema, {
      leaseId: lease.id,
      leaseDuration: durationFromMs(LEASE_MS),
      heartbeatInterval: durationFromMs(HEARTBEAT_MS),
      epoch: BigInt(this.#options.epoch),
    });
  }

  #heartbeat({ leaseId }: HeartbeatRequest) {
    const lease = this.#leases.renew(leaseId);
    if (!lease) throw new Refusal(grpc.status.NOT_FOUND, 'There is no such lease: register again.');
    this.#events?.alive(lease.key);
    const refusedReason = this.#events?.findRefusal(lease.key);
    if (refusedReason !== undefined) this.#leases.prolong(lease, REFUSED_LEASE_MS);
    return create(HeartbeatResponseSchema, { refusedReason: refusedReason ?? '' });
  }

  #deregister({ leaseId, reason }: DeregisterRequest) {
    const lease = this.#leases.end(leaseId);
    const sentence = isText(reason, 256) && reason !== '' ? reason : 'it said goodbye';
    if (lease) this.#events?.lost(lease.key, { kind: 'deregistered', sentence });
    return create(DeregisterResponseSchema, {});
  }

  #sweep(): () => void {
    let last = performance.now();
    const timer = setInterval(() => {
      const elapsed = Math.min(performance.now() - last, 2 * SWEEP_MS);
      last = performance.now();
      for (const lease of this.#leases.elapse(elapsed)) {
        this.#events?.lost(lease.key, { kind: 'lease-expired' });
      }
    }, SWEEP_MS);
    return () => clearInterval(timer);
  }

  #answering<Request, Response>(
    answer: (request: Request) => Response | Promise<Response>,
  ): grpc.handleUnaryCall<Request, Response> {
    return async (call, callback) => {
      try {
        callback(null, await answer(call.request));
      } catch (error) {
        if (error instanceof Refusal) {
          callback({ code: error.status, details: error.message });
          return;
        }
        this.#options.log.error({ err: error }, 'a call to the registry failed');
        callback({ code: grpc.status.INTERNAL, details: 'The server failed; its log says more.' });
      }
    };
  }
}

function findMistake(request: RegisterRequest): string | undefined {
  if (request.contractVersion !== CONTRACT_VERSION) {
    return `contract_version must be ${CONTRACT_VERSION}: agent and server are of different generations.`;
  }
  return findIdentityMistake(request.identity) ?? findRuntimeMistake(request.runtime);
}

function toCredentials(tls: RegistrySourceOptions['tls']): grpc.ServerCredentials {
  if (!tls) return grpc.ServerCredentials.createInsecure();
  return grpc.ServerCredentials.createSsl(null, [{ cert_chain: tls.cert, private_key: tls.key }], false);
}
