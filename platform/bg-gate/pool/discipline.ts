import type { PoolMode } from '../../pool-mode.ts';
import type { PodConnections } from './pod-connections.ts';
import type { PooledConnection } from './pooled-connection.ts';

/** What a discipline sees of its pool. */
export interface PoolView {
  /** All that are open now. */
  readonly connections: readonly PooledConnection[];
  readonly requestsPerMinute: number;
}

/** How a pool chooses the connection for a request, and what it does to its connections meanwhile. */
export interface Discipline {
  readonly mode: PoolMode;
  /** A connection to that pod; it stays in the pool. Undefined when there is none. */
  take(to: PodConnections): Promise<PooledConnection | undefined>;
  /** Called with each connection that the pool has or gets. */
  adopt(connection: PooledConnection): void;
  /** Ends what it does by itself; the connections stay. */
  stop(): void;
}

/** How long a request waits for a connection that is being made. */
export const DIAL_PATIENCE_MS = 1_000;

/** Takes from several in turn. */
export class Turns {
  #turn = 0;

  next<T>(from: readonly T[]): T | undefined {
    return from[this.#turn++ % from.length];
  }
}
