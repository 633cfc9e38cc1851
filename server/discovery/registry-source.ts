import type { Logger } from 'pino';
import type { Clock } from '../store/index.ts';
import type { DiscoveryEvents, DiscoverySource } from './discovery-source.ts';

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
  clock: Clock;
  log: Logger;
}

/** Serves the Registry contract: instances announce themselves and renew a lease. */
export class RegistrySource implements DiscoverySource {
  readonly name = 'registry';

  constructor(_options: RegistrySourceOptions) {}

  /** host:port once started. */
  get address(): string {
    throw new Error('under construction');
  }

  /** @throws RegistryPortUnavailable */
  async start(_events: DiscoveryEvents, _signal: AbortSignal): Promise<AsyncDisposable> {
    throw new Error('under construction');
  }
}
