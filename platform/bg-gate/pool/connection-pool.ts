import type { Link } from '../../link/link.ts';

export interface PoolState {
  /** Connections there should be. */
  target: number;
  /** Connections in the pool. */
  size: number;
  /** Those of them that are known to work. */
  healthy: number;
  /** Answers that are awaited. */
  inFlight: number;
  /** Longest time since a connection was used. */
  longestIdleMs: number;
}

/** The gateway's connections to the pods of one game. */
export interface ConnectionPool {
  readonly game: string;
  /** The pods that have a connection now, by name. */
  readonly reachablePods: readonly string[];
  /**
   * A connection to that pod. It stays in the pool: several callers may use it at a time.
   *
   * @throws {LinkRefusal} `game-unavailable` when there is none.
   */
  take(pod: string): Link;
  state(): PoolState;
  close(): void;
}
