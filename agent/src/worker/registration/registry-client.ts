import { readFile } from 'node:fs/promises';
import { durationMs } from '@bufbuild/protobuf/wkt';
import { type ChannelCredentials, Client, credentials, type Metadata } from '@grpc/grpc-js';
import { Registry } from '../../../../proto/gen/opscenter/v1/registry_pb.ts';
import { callUnary, tokenMetadata } from '../../../../proto/grpc/client.ts';
import { AgentRefused } from '../../errors.ts';
import type { ProcessIdentity, RuntimeFacts } from '../../thread-contract.ts';
import { identityMessage, runtimeMessage } from '../identity-messages.ts';

const registerDeadlineMs = 5_000;
const heartbeatDeadlineMs = 3_000;

export interface Lease {
  id: string;
  durationMs: number;
  heartbeatIntervalMs: number;
  epoch: bigint;
}

export interface RegistrationFacts {
  identity: ProcessIdentity;
  runtime: RuntimeFacts;
  agentAddress: string;
  agentTls: boolean;
}

/** One connection to the server's registry. A new one is made after each failure, so no channel ages. */
export class RegistryClient implements Disposable {
  readonly #client: Client;
  readonly #metadata: Metadata;

  private constructor(client: Client, metadata: Metadata) {
    this.#client = client;
    this.#metadata = metadata;
  }

  /** @throws {AgentRefused} unsafe-server, when the authority cannot be read */
  static async connect(server: string, serverCa: string | undefined, token: string): Promise<RegistryClient> {
    const client = new Client(server, await readCredentials(serverCa), {
      'grpc.keepalive_time_ms': 20_000,
      'grpc.keepalive_timeout_ms': 10_000,
      'grpc.keepalive_permit_without_calls': 1,
      'grpc.enable_retries': 0,
      'grpc.enable_channelz': 0,
      'grpc.enable_http_proxy': 0,
      'grpc.service_config_disable_resolution': 1,
      'grpc.use_local_subchannel_pool': 1,
      'grpc.max_receive_message_length': 64 * 1024,
    });
    return new RegistryClient(client, tokenMetadata(token));
  }

  async register(facts: RegistrationFacts, signal: AbortSignal): Promise<Lease> {
    const response = await callUnary(
      this.#client,
      Registry,
      'register',
      {
        identity: identityMessage(facts.identity),
        runtime: runtimeMessage(facts.runtime),
        agentAddress: facts.agentAddress,
        agentTls: facts.agentTls,
        contractVersion: 1,
      },
      { metadata: this.#metadata, deadlineMs: registerDeadlineMs, signal },
    );
    const leaseMs = response.leaseDuration ? durationMs(response.leaseDuration) : 0;
    const intervalMs = response.heartbeatInterval ? durationMs(response.heartbeatInterval) : 0;
    return {
      id: response.leaseId,
      durationMs: leaseMs,
      // Whatever the server says, neither a storm of heartbeats nor none.
      heartbeatIntervalMs: Math.min(Math.max(intervalMs, 200), 60_000),
      epoch: response.epoch,
    };
  }

  /** Resolves with the reason when the server has refused the instance. */
  async heartbeat(leaseId: string, signal: AbortSignal): Promise<string | undefined> {
    const { refusedReason } = await callUnary(
      this.#client,
      Registry,
      'heartbeat',
      { leaseId },
      { metadata: this.#metadata, deadlineMs: heartbeatDeadlineMs, signal },
    );
    return refusedReason === '' ? undefined : refusedReason.slice(0, 512);
  }

  async deregister(leaseId: string, reason: string, deadlineMs: number): Promise<void> {
    await callUnary(
      this.#client,
      Registry,
      'deregister',
      { leaseId, reason },
      { metadata: this.#metadata, deadlineMs },
    );
  }

  [Symbol.dispose](): void {
    this.#client.close();
  }
}

async function readCredentials(serverCa: string | undefined): Promise<ChannelCredentials> {
  if (serverCa === undefined) return credentials.createInsecure();
  if (serverCa === 'system') return credentials.createSsl();
  try {
    return credentials.createSsl(await readFile(serverCa));
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? String(error);
    throw new AgentRefused(
      'unsafe-server',
      `The file ${serverCa} (OPSCENTER_SERVER_CA) cannot be read: ${code}.`,
    );
  }
}
