import { DIAL_PATIENCE_MS, type Discipline, type PoolView, Turns } from './discipline.ts';
import type { PodConnections } from './pod-connections.ts';
import type { PooledConnection } from './pooled-connection.ts';

export interface CheckedLimits {
  /** A connection that was heard of within this time needs no ping before it is used. */
  trustMs: number;
  pongMs: number;
  keepAliveMs: number;
  heartbeatMs: number;
  cleanMs: number;
  idleMs: number;
}

export const CHECKED_LIMITS: CheckedLimits = {
  trustMs: 500,
  pongMs: 1_000,
  keepAliveMs: 30_000,
  heartbeatMs: 30_000,
  cleanMs: 60_000,
  idleMs: 5 * 60_000,
};

/**
 * The right pool: a connection is pinged before it is used and closed when no pong comes within a second. A heartbeat
 * finds the dead ones among those that nobody uses, a cleaner takes these out, and those that have been idle for long.
 */
export class CheckedDiscipline implements Discipline {
  readonly mode = 'checked';
  readonly #limits: CheckedLimits;
  readonly #pool: PoolView;
  readonly #turns = new Turns();
  readonly #timers: readonly NodeJS.Timeout[];

  constructor(pool: PoolView, limits = CHECKED_LIMITS) {
    this.#limits = limits;
    this.#pool = pool;
    this.#timers = [
      setInterval(() => this.#beat(), limits.heartbeatMs),
      setInterval(() => this.#clean(), limits.cleanMs),
    ];
  }

  async take(to: PodConnections): Promise<PooledConnection | undefined> {
    const chosen = this.#turns.next(to.usable.filter(({ missedPongs }) => missedPongs === 0));
    if (chosen && (await this.#isWell(chosen))) return chosen;
    // One is dead: the others share its fate more often than not, so all are asked at the same time.
    const others = await Promise.all(
      to.usable.map(async (connection) => ((await this.#isWell(connection)) ? connection : undefined)),
    );
    return others.find((connection) => connection?.state === 'open') ?? to.untilUsable(DIAL_PATIENCE_MS);
  }

  adopt(connection: PooledConnection): void {
    connection.keepAlive(this.#limits.keepAliveMs);
  }

  stop(): void {
    for (const timer of this.#timers) clearInterval(timer);
  }

  /** Closes it when it is not. */
  async #isWell(connection: PooledConnection): Promise<boolean> {
    const { trustMs, pongMs } = this.#limits;
    if (Date.now() - connection.lastHeardAt < trustMs && connection.state === 'open') return true;
    if (await connection.ping(pongMs)) return connection.state === 'open';
    connection.close();
    return false;
  }

  #beat(): void {
    for (const connection of this.#pool.connections) void connection.ping(this.#limits.pongMs);
  }

  #clean(): void {
    const idleSince = Date.now() - this.#limits.idleMs;
    for (const connection of [...this.#pool.connections]) {
      const isIdle = connection.inFlight === 0 && connection.lastUsedAt < idleSince;
      if (connection.missedPongs > 0 || isIdle) connection.close();
    }
  }
}
