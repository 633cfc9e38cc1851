import { setTimeout as sleep } from 'node:timers/promises';
import { Link } from '../../link/link.ts';
import { PooledConnection } from './pooled-connection.ts';

export interface PodAddress {
  pod: string;
  /** Where its connections lead: ws://host:port. */
  url: string;
  /** Where it says over HTTP how it is. */
  healthUrl: string;
}

const REDIAL_MS = 500;

/** Keeps so many usable connections to one pod; redials for as long as some are missing. */
export class PodConnections {
  readonly address: PodAddress;
  readonly target: number;
  readonly #added: (connection: PooledConnection) => void;
  readonly #connections: PooledConnection[] = [];
  readonly #arrivals = new Set<() => void>();
  readonly #closing = new AbortController();
  #isFilling = false;
  #pause = new AbortController();
  #dialled = 0;

  /** @param added called with each new connection. */
  constructor(address: PodAddress, target: number, added: (connection: PooledConnection) => void) {
    this.address = address;
    this.target = target;
    this.#added = added;
    void this.#fill();
  }

  get pod(): string {
    return this.address.pod;
  }

  /** All that are open, those that are fenced too. */
  get connections(): readonly PooledConnection[] {
    return this.#connections;
  }

  /** Those that may be given to somebody. */
  get usable(): PooledConnection[] {
    return this.#connections.filter(({ state }) => state === 'open');
  }

  /** A usable connection, or undefined when none has come within the time. */
  async untilUsable(timeoutMs: number): Promise<PooledConnection | undefined> {
    if (this.usable.length === 0) {
      this.refill();
      await this.#arrival(timeoutMs);
    }
    return this.usable[0];
  }

  /** Dials what is missing at once instead of after the pause that follows a failure. */
  refill(): void {
    this.#pause.abort();
    void this.#fill();
  }

  close(): void {
    this.#closing.abort();
    this.#pause.abort();
    for (const connection of [...this.#connections]) connection.close();
  }

  #arrival(timeoutMs: number): Promise<void> {
    return new Promise((resolve) => {
      const settle = () => {
        clearTimeout(timer);
        this.#arrivals.delete(settle);
        resolve();
      };
      const timer = setTimeout(settle, timeoutMs);
      this.#arrivals.add(settle);
    });
  }

  async #fill(): Promise<void> {
    if (this.#isFilling) return;
    this.#isFilling = true;
    while (this.usable.length < this.target && !this.#closing.signal.aborted) {
      try {
        this.#add(await Link.open(this.address.url, this.pod));
      } catch {
        this.#pause = new AbortController();
        if (this.#closing.signal.aborted) break;
        await sleep(REDIAL_MS, undefined, { signal: this.#pause.signal }).catch(() => undefined);
      }
    }
    this.#isFilling = false;
  }

  #add(link: Link): void {
    if (this.#closing.signal.aborted) {
      link.close();
      return;
    }
    const connection = new PooledConnection({ id: `${this.pod}#${++this.#dialled}`, pod: this.pod, link });
    this.#connections.push(connection);
    connection.onClose(() => {
      const index = this.#connections.indexOf(connection);
      if (index >= 0) this.#connections.splice(index, 1);
      void this.#fill();
    });
    this.#added(connection);
    for (const arrived of [...this.#arrivals]) arrived();
  }
}
