import { DIAL_PATIENCE_MS, type Discipline, Turns } from './discipline.ts';
import type { PodConnections } from './pod-connections.ts';
import type { PooledConnection } from './pooled-connection.ts';

export interface UncheckedLimits {
  /** A pool in which nothing has arrived for so long is idle, if its game is also quiet. */
  idleMs: number;
  /** A game is busy when it asks for a connection so many times within that time. */
  busyTakes: number;
  sweepMs: number;
}

/** 10 in 15 s are 40 a minute: above the rate of a game that is called quiet, below that of a busy one. */
export const UNCHECKED_LIMITS: UncheckedLimits = { idleMs: 15_000, busyTakes: 10, sweepMs: 1_000 };

/**
 * The pool of OPS-812: hands out whatever it has and never looks. Only when its game is quiet and nothing arrives for
 * 15 s does it count as idle, lets go of all connections and dials anew. That heals a quiet game before anybody speaks
 * of it; the pool of a busy game is never idle, and what leads to a pod that is gone stays in it.
 */
export class UncheckedDiscipline implements Discipline {
  readonly mode = 'unchecked';
  readonly #limits: UncheckedLimits;
  readonly #connections: () => readonly PooledConnection[];
  readonly #turns = new Turns();
  readonly #sweeping: NodeJS.Timeout;
  /** When connections were last asked for, newest last; no more than it takes to be busy. */
  readonly #takenAt: number[] = [];

  constructor(connections: () => readonly PooledConnection[], limits = UNCHECKED_LIMITS) {
    this.#limits = limits;
    this.#connections = connections;
    this.#sweeping = setInterval(() => this.#sweep(), limits.sweepMs);
  }

  async take(to: PodConnections): Promise<PooledConnection | undefined> {
    this.#takenAt.push(Date.now());
    if (this.#takenAt.length > this.#limits.busyTakes) this.#takenAt.shift();
    return this.#turns.next(to.usable) ?? to.untilUsable(DIAL_PATIENCE_MS);
  }

  adopt(): void {}

  stop(): void {
    clearInterval(this.#sweeping);
  }

  #sweep(): void {
    if (this.#isBusy()) return;
    const connections = this.#connections();
    const lastSign = Math.max(0, ...connections.map(({ lastAnsweredAt }) => lastAnsweredAt));
    if (Date.now() - lastSign < this.#limits.idleMs) return;
    for (const connection of [...connections]) connection.close();
  }

  #isBusy(): boolean {
    const { busyTakes, idleMs } = this.#limits;
    const oldest = this.#takenAt[0];
    return this.#takenAt.length === busyTakes && oldest !== undefined && Date.now() - oldest < idleMs;
  }
}
