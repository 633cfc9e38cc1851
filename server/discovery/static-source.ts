import type { DiscoveryEvents, DiscoverySource } from './discovery-source.ts';

export interface StaticSourceOptions {
  /** host:port each. */
  targets: readonly string[];
  networks: readonly string[];
  /** Whether the agents speak TLS. */
  tls?: boolean;
}

/** A list of addresses from the configuration. */
export class StaticSource implements DiscoverySource {
  readonly name = 'static';

  constructor(_options: StaticSourceOptions) {}

  async start(_events: DiscoveryEvents, _signal: AbortSignal): Promise<AsyncDisposable> {
    throw new Error('under construction');
  }
}
