import type { DiscoveredTarget, DiscoveryEvents, DiscoverySource, LossReason } from '../discovery/index.ts';
import { nodeRuntime } from './identity.ts';
import type { ScriptedAgent } from './scripted-agent.ts';

/** A source that reports what the test tells it to. */
export class ManualSource implements DiscoverySource {
  readonly name: string;
  #events: DiscoveryEvents | undefined;

  constructor(name = 'manual') {
    this.name = name;
  }

  async start(events: DiscoveryEvents): Promise<AsyncDisposable> {
    this.#events = events;
    return { [Symbol.asyncDispose]: async () => {} };
  }

  /** `withIdentity`: as the registry reports it; without, as a static list does. */
  find(agent: ScriptedAgent, withIdentity = true): void {
    this.#events?.found(toTarget(agent, withIdentity));
  }

  /** As a static list reports what is there. */
  findAddress(address: string): void {
    const [host = '', port = ''] = address.split(':');
    const target = { key: address, address, host, port: Number(port), tls: false };
    this.#events?.found({ ...target, identity: undefined, runtime: undefined });
  }

  lose(agent: ScriptedAgent, reason: LossReason): void {
    this.#events?.lost(agent.identity.service + agent.identity.pid, reason);
  }

  alive(agent: ScriptedAgent): void {
    this.#events?.alive(agent.identity.service + agent.identity.pid);
  }
}

export function toTarget(agent: ScriptedAgent, withIdentity = true): DiscoveredTarget {
  return {
    key: withIdentity ? agent.identity.service + agent.identity.pid : agent.address,
    address: agent.address,
    host: '127.0.0.1',
    port: agent.port,
    tls: agent.script.tls !== undefined,
    identity: withIdentity ? agent.identity : undefined,
    runtime: withIdentity ? nodeRuntime : undefined,
  };
}
