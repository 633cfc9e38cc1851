import { setTimeout as sleep } from 'node:timers/promises';
import { type ServiceError, status } from '@grpc/grpc-js';
import { AgentRefused } from '../../errors.ts';
import type { LinkState } from '../../thread-contract.ts';
import type { Token } from '../token.ts';
import { within } from '../within.ts';
import { Backoff } from './backoff.ts';
import { type Lease, type RegistrationFacts, RegistryClient } from './registry-client.ts';

/** A server that refuses is asked again now and then: its set-up may be put right. */
const askAgainAfterMs = 60_000;
/** A file that is not there yet is usually there soon. */
const lookAgainAfterMs = 5_000;

export interface RegistrationSettings {
  server: string;
  serverCa: string | undefined;
  facts: RegistrationFacts;
}

interface Registered {
  client: RegistryClient;
  lease: Lease;
}

/** Keeps the instance registered at the server, for as long as it lives and however long the server is away. */
export class RegistrationLoop {
  readonly #settings: RegistrationSettings;
  readonly #token: Token;
  readonly #report: (link: LinkState) => void;
  readonly #seeEpoch: (epoch: bigint) => void;
  readonly #stopped = new AbortController();
  readonly #backoff = new Backoff();
  #current: Registered | undefined;
  #joining: Promise<Registered> | undefined;

  /** @param seeEpoch is told the epoch of each server that takes the registration */
  constructor(
    settings: RegistrationSettings,
    token: Token,
    report: (link: LinkState) => void,
    seeEpoch: (epoch: bigint) => void = () => {},
  ) {
    this.#seeEpoch = seeEpoch;
    this.#settings = settings;
    this.#token = token;
    this.#report = report;
  }

  /** Ends after `leave`. */
  async run(): Promise<void> {
    const { signal } = this.#stopped;
    // Said once: a server that is away stays "away" through every attempt to reach it.
    this.#report({ state: 'connecting' });
    while (!signal.aborted) {
      const waitMs = await this.#session(signal);
      await sleep(waitMs, undefined, { signal }).catch(() => {});
    }
  }

  /**
   * Tells the server that the instance ends, if it is registered. The last thing that is sent.
   *
   * @throws when the server does not take it in time; nothing is left to do about it then
   */
  async leave(reason: string, deadlineMs: number): Promise<void> {
    // A registration that is on its way would outlive the instance: it is waited for, then taken back.
    const current = this.#current ?? (this.#joining && (await within(deadlineMs, this.#joining)));
    this.#current = undefined;
    try {
      // First the farewell, then the end of the loop, which closes the connection.
      await current?.client.deregister(current.lease.id, reason, deadlineMs);
    } finally {
      this.#stopped.abort();
    }
  }

  /** One connection, until it fails. Resolves with the time to wait before the next. */
  async #session(signal: AbortSignal): Promise<number> {
    try {
      const { server, serverCa } = this.#settings;
      using client = await RegistryClient.connect(server, serverCa, await this.#token.load());
      return await this.#stayRegistered(client, signal);
    } catch (error) {
      return signal.aborted ? 0 : this.#fail(error);
    } finally {
      this.#current = undefined;
      this.#joining = undefined;
    }
  }

  async #stayRegistered(client: RegistryClient, signal: AbortSignal): Promise<number> {
    const { facts } = this.#settings;
    for (;;) {
      this.#joining = client.register(facts, signal).then((lease) => ({ client, lease }));
      this.#current = await this.#joining;
      const { lease } = this.#current;
      this.#backoff.reset();
      this.#seeEpoch(lease.epoch);
      this.#report({ state: 'registered', agentAddress: facts.agentAddress });
      const refusedReason = await this.#beat(client, lease, signal);
      if (refusedReason !== undefined) {
        this.#report({ state: 'refused', code: 'refused-by-server', reason: refusedReason });
        return askAgainAfterMs;
      }
    }
  }

  /** Resolves when the server has forgotten the lease, or with the reason when it refuses the instance. */
  async #beat(client: RegistryClient, lease: Lease, signal: AbortSignal): Promise<string | undefined> {
    for (;;) {
      await sleep(lease.heartbeatIntervalMs * (0.9 + Math.random() * 0.2), undefined, { signal });
      try {
        const refusedReason = await client.heartbeat(lease.id, signal);
        if (refusedReason !== undefined) return refusedReason;
      } catch (error) {
        if ((error as ServiceError).code !== status.NOT_FOUND) throw error;
        return undefined;
      }
    }
  }

  #fail(error: unknown): number {
    if (error instanceof AgentRefused) {
      this.#report({ state: 'refused', code: error.code, reason: error.message });
      return lookAgainAfterMs;
    }
    const { code, details = String(error) } = error as Partial<ServiceError>;
    const sentence = `The server ${this.#settings.server} `;
    switch (code) {
      case status.UNAUTHENTICATED:
      case status.PERMISSION_DENIED:
        this.#report({
          state: 'refused',
          code: 'token-refused',
          reason: `${sentence}refused the token: ${tokenAdvice}`,
        });
        return askAgainAfterMs * (0.8 + Math.random() * 0.4);
      case status.INVALID_ARGUMENT:
      case status.FAILED_PRECONDITION:
      case status.UNIMPLEMENTED:
        this.#report({
          state: 'refused',
          code: 'refused-by-server',
          reason: `${sentence}refused the instance: ${details}`,
        });
        return askAgainAfterMs * (0.8 + Math.random() * 0.4);
      default:
        this.#report({ state: 'away', reason: `${sentence}does not answer: ${tidy(details)}` });
        return this.#backoff.nextMs();
    }
  }
}

/** What the service’s developer can change; the server’s own words speak of its side. */
const tokenAdvice =
  'compare OPSCENTER_TOKEN, or the file that tokenFile names, with agent-token in the server’s data folder.';

/** gRPC ends its sentence with the heading of a note that is empty for an address. */
function tidy(details: string): string {
  return details.replace(/\.?\s*Resolution note:\s*$/, '').slice(0, 256);
}
