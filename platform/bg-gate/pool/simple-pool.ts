import type { Link } from '../../link/link.ts';
import { LinkRefusal } from '../../link/link-message.ts';
import type { ConnectionPool, PlayerRequest, PoolState } from './connection-pool.ts';
import { PodConnections } from './pod-connections.ts';

export interface PodAddress {
  pod: string;
  url: string;
}

/** A pool that drops a connection when the operating system says that it was closed, and dials a new one. */
export class SimplePool implements ConnectionPool {
  readonly game: string;
  readonly #pods: readonly PodConnections[];

  constructor(options: { game: string; pods: readonly PodAddress[]; connectionsPerPod: number }) {
    this.game = options.game;
    this.#pods = options.pods.map(
      ({ pod, url }) => new PodConnections({ pod, url, target: options.connectionsPerPod }),
    );
  }

  get reachablePods(): readonly string[] {
    return this.#pods.filter((connections) => connections.links.length > 0).map(({ pod }) => pod);
  }

  async request(pod: string, method: string, body: PlayerRequest): Promise<unknown> {
    return this.take(pod).request(method, body);
  }

  tell(pod: string, method: string, body: PlayerRequest): void {
    this.request(pod, method, body).catch(() => undefined);
  }

  take(pod: string): Link {
    const link = this.#pods.find((connections) => connections.pod === pod)?.next();
    if (!link) throw new LinkRefusal('game-unavailable', `There is no connection to ${pod}`);
    return link;
  }

  state(): PoolState {
    const links = this.#pods.flatMap((connections) => connections.links);
    const now = Date.now();
    return {
      target: this.#pods.reduce((sum, connections) => sum + connections.target, 0),
      size: links.length,
      healthy: links.filter((link) => link.isOpen).length,
      inFlight: links.reduce((sum, link) => sum + link.inFlight, 0),
      longestIdleMs: Math.max(0, ...links.map((link) => now - link.lastUsedAt)),
    };
  }

  close(): void {
    for (const connections of this.#pods) connections.close();
  }
}
