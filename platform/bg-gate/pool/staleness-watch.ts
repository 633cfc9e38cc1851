import type { ConnectionPool } from './connection-pool.ts';
import { lookAtPod } from './look-at-pod.ts';
import type { PooledConnection } from './pooled-connection.ts';
import { judge, type PodSight, type Verdict } from './staleness.ts';

export interface WatchOptions {
  pools: readonly ConnectionPool[];
  intervalMs?: number;
  pongMs?: number;
}

const INTERVAL_MS = 3_000;
const PONG_MS = 1_000;
const JUST_MADE: Verdict = { state: 'healthy', reason: 'It was made a moment ago.' };

/** Looks at all connections every few seconds, whatever the pool does with them, and changes nothing. */
export class StalenessWatch {
  readonly #pools: readonly ConnectionPool[];
  readonly #pongMs: number;
  readonly #timer: NodeJS.Timeout;
  /** By connection; forgotten with it. */
  readonly #verdicts = new WeakMap<PooledConnection, Verdict>();
  /** The look at a pool that is under way. */
  readonly #looks = new Map<ConnectionPool, Promise<void>>();

  constructor({ pools, intervalMs = INTERVAL_MS, pongMs = PONG_MS }: WatchOptions) {
    this.#pools = pools;
    this.#pongMs = pongMs;
    this.#timer = setInterval(() => this.#lookAround(), intervalMs);
  }

  /** As it was seen last. */
  verdictOf(connection: PooledConnection): Verdict {
    return this.#verdicts.get(connection) ?? JUST_MADE;
  }

  /** How many connections of the pool were seen in that state. */
  count(pool: ConnectionPool, state: Verdict['state']): number {
    return pool.connections.filter((connection) => this.verdictOf(connection).state === state).length;
  }

  /** Looks until every connection is known to be healthy or stale: within 3 s. */
  async lookClosely(pool: ConnectionPool): Promise<void> {
    // Pings that are under way belong to that look.
    await this.#looks.get(pool);
    await this.#look(pool, pool.connections);
    const suspects = pool.connections.filter((connection) => this.verdictOf(connection).state === 'suspect');
    if (suspects.length > 0) await this.#look(pool, suspects);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #lookAround(): void {
    for (const pool of this.#pools) {
      if (this.#looks.has(pool)) continue;
      const look = this.#look(pool, pool.connections).finally(() => this.#looks.delete(pool));
      this.#looks.set(pool, look);
    }
  }

  /** What is seen of the pods says nothing of a connection that is made meanwhile. */
  async #look(pool: ConnectionPool, connections: readonly PooledConnection[]): Promise<void> {
    const present = [...connections];
    const [sights] = await Promise.all([
      this.#lookAtPods(pool),
      ...present.map((connection) => connection.ping(this.#pongMs)),
    ]);
    for (const connection of present) {
      const sight = sights.get(connection.pod) ?? { state: 'silent' };
      this.#verdicts.set(connection, judge(connection, sight));
    }
  }

  async #lookAtPods(pool: ConnectionPool): Promise<Map<string, PodSight>> {
    return new Map(
      await Promise.all(
        pool.pods.map(async ({ pod, healthUrl }) => [pod, await lookAtPod(healthUrl)] as const),
      ),
    );
  }
}
