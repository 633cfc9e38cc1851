import { randomBytes } from 'node:crypto';

export interface Lease {
  id: string;
  /** The identity it was given to. */
  key: string;
  remainingMs: number;
}

/**
 * Leases run out by the server's own waking time: `elapse` is called often and never counts more than two
 * intervals at once. A server that was itself asleep does not declare everybody else gone.
 */
export class Leases {
  readonly durationMs: number;
  readonly #byId = new Map<string, Lease>();
  readonly #byKey = new Map<string, Lease>();

  constructor(durationMs: number) {
    this.durationMs = durationMs;
  }

  get size(): number {
    return this.#byId.size;
  }

  has(key: string): boolean {
    return this.#byKey.has(key);
  }

  /** The same identity keeps its lease. */
  grant(key: string): Lease {
    const lease = this.#byKey.get(key) ?? { id: randomBytes(16).toString('hex'), key, remainingMs: 0 };
    lease.remainingMs = this.durationMs;
    this.#byId.set(lease.id, lease);
    this.#byKey.set(key, lease);
    return lease;
  }

  /** Answers the lease renewed; undefined when there is none. */
  renew(id: string): Lease | undefined {
    const lease = this.#byId.get(id);
    if (lease) lease.remainingMs = this.durationMs;
    return lease;
  }

  /** Lets a lease last longer, this once. */
  prolong(lease: Lease, durationMs: number): void {
    lease.remainingMs = durationMs;
  }

  /** Answers the lease that was ended; undefined when there is none. */
  end(id: string): Lease | undefined {
    const lease = this.#byId.get(id);
    if (!lease) return undefined;
    this.#byId.delete(id);
    this.#byKey.delete(lease.key);
    return lease;
  }

  /** Answers the leases that ran out. */
  elapse(elapsedMs: number): Lease[] {
    const ended: Lease[] = [];
    for (const lease of this.#byId.values()) {
      lease.remainingMs -= elapsedMs;
      if (lease.remainingMs <= 0) ended.push(lease);
    }
    for (const lease of ended) this.end(lease.id);
    return ended;
  }
}
