import type { PoolMode } from '../../pool-mode.ts';
import type { PodAddress } from './pod-connections.ts';
import type { PooledConnection } from './pooled-connection.ts';

/** What is asked of a pod is asked for one player's session. */
export type PlayerRequest = { session: string } & Readonly<Record<string, unknown>>;

export interface PoolState {
  /** Connections there should be. */
  target: number;
  /** Connections in the pool. */
  size: number;
  /** Answers that are awaited. */
  inFlight: number;
  /** Longest time since a connection was used. */
  longestIdleMs: number;
}

/** The gateway's connections to the pods of one game. */
export interface ConnectionPool {
  readonly game: string;
  readonly mode: PoolMode;
  /** Requests to the pods within the last minute. */
  readonly requestsPerMinute: number;
  readonly pods: readonly PodAddress[];
  /** All that are open now. */
  readonly connections: readonly PooledConnection[];
  /** The pods that have a connection now, by name; whether it leads anywhere is another question. */
  readonly reachablePods: readonly string[];
  /**
   * Asks that pod something for a player, over one of the connections.
   *
   * @throws {LinkRefusal} `game-unavailable` when there is none; and what the pod refuses.
   * @throws {LinkBroken} when no answer comes.
   */
  request(pod: string, method: string, body: PlayerRequest): Promise<unknown>;
  /** The same when nobody waits for the answer, nor needs to know whether it arrives. */
  tell(pod: string, method: string, body: PlayerRequest): void;
  state(): PoolState;
  close(): void;
}
