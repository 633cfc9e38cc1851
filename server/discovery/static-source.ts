import { AddressPolicy } from './address-policy.ts';
import type { DiscoveryEvents, DiscoverySource } from './discovery-source.ts';
import { formatHostPort, type HostPort } from './host-port.ts';

export interface StaticSourceOptions {
  targets: readonly HostPort[];
  /** CIDR blocks beyond loopback that the server may dial. */
  networks: readonly string[];
  /** Whether the agents speak TLS; without it only loopback is dialled. */
  tls?: boolean;
}

/** How often a name that could not be resolved is tried again. */
const RETRY_MS = 10_000;

/** A list of addresses from the configuration. */
export class StaticSource implements DiscoverySource {
  readonly name = 'static';
  readonly #options: StaticSourceOptions;
  readonly #policy: AddressPolicy;

  constructor(options: StaticSourceOptions) {
    this.#options = options;
    this.#policy = new AddressPolicy(options.networks);
  }

  async start(events: DiscoveryEvents, signal: AbortSignal): Promise<AsyncDisposable> {
    const waiting = new Map(this.#options.targets.map((target) => [formatHostPort(target), target]));
    const attempt = () => this.#resolve(waiting, events);
    const timer = setInterval(() => void attempt(), RETRY_MS);
    const stop = () => clearInterval(timer);
    signal.addEventListener('abort', stop, { once: true });
    await attempt();
    return {
      [Symbol.asyncDispose]: async () => stop(),
    };
  }

  /** Reports what can be dialled and leaves the rest waiting. */
  async #resolve(waiting: Map<string, HostPort>, events: DiscoveryEvents): Promise<void> {
    let problem: string | null = null;
    const tls = this.#options.tls ?? false;
    for (const [address, { host, port }] of waiting) {
      const verdict = await this.#policy.resolve(host, tls);
      if (!verdict.allowed) {
        problem ??= `${address} is not dialled: ${verdict.reason}.`;
        continue;
      }
      waiting.delete(address);
      const target = { key: address, address, host: verdict.address, port, tls };
      events.found({ ...target, identity: undefined, runtime: undefined });
    }
    events.problem(problem);
  }
}
