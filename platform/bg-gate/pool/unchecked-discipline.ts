import { DIAL_PATIENCE_MS, type Discipline, type PoolView, Turns } from './discipline.ts';
import type { PodConnections } from './pod-connections.ts';
import type { PooledConnection } from './pooled-connection.ts';

export interface UncheckedLimits {
  /** A pool in which nothing has arrived for so long is idle, unless its game is busy. */
  idleMs: number;
  busyRequestsPerMinute: number;
  sweepMs: number;
}

export const UNCHECKED_LIMITS: UncheckedLimits = {
  idleMs: 15_000,
  busyRequestsPerMinute: 30,
  sweepMs: 1_000,
};

/**
 * The pool of OPS-812: hands out whatever it has and never looks. Only when nothing has arrived for 15 s and hardly
 * anything was asked does it count as idle, lets go of all connections and dials anew. So a quiet game heals before
 * anybody speaks of it; the pool of a busy one is never idle, and what leads to a pod that is gone stays in it.
 */
export class UncheckedDiscipline implements Discipline {
  readonly mode = 'unchecked';
  readonly #limits: UncheckedLimits;
  readonly #pool: PoolView;
  readonly #turns = new Turns();
  readonly #sweeping: NodeJS.Timeout;

  constructor(pool: PoolView, limits = UNCHECKED_LIMITS) {
    this.#limits = limits;
    this.#pool = pool;
    this.#sweeping = setInterval(() => this.#sweep(), limits.sweepMs);
  }

  async take(to: PodConnections): Promise<PooledConnection | undefined> {
    return this.#turns.next(to.usable) ?? to.untilUsable(DIAL_PATIENCE_MS);
  }

  adopt(): void {}

  stop(): void {
    clearInterval(this.#sweeping);
  }

  #sweep(): void {
    const { connections, requestsPerMinute } = this.#pool;
    if (requestsPerMinute >= this.#limits.busyRequestsPerMinute) return;
    const lastSign = Math.max(0, ...connections.map(({ lastAnsweredAt }) => lastAnsweredAt));
    if (Date.now() - lastSign < this.#limits.idleMs) return;
    for (const connection of [...connections]) connection.close();
  }
}
