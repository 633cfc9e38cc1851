import type { Link } from '../../link/link.ts';
import type { PlayerRequest } from './connection-pool.ts';

/** `fenced`: still open, but nobody gets it any more. */
export type ConnectionState = 'open' | 'fenced' | 'closed';

/** One connection of a pool to one pod. */
export class PooledConnection {
  /** Its own for as long as the gateway runs: never given to another connection. */
  readonly id: string;
  readonly pod: string;
  /** How many pings in a row it has not answered. */
  missedPongs = 0;
  readonly #link: Link;
  readonly #waiting = new Map<symbol, string>();
  #isFenced = false;
  #ping: Promise<boolean> | undefined;

  constructor(options: { id: string; pod: string; link: Link }) {
    this.id = options.id;
    this.pod = options.pod;
    this.#link = options.link;
  }

  get state(): ConnectionState {
    if (!this.#link.isOpen) return 'closed';
    return this.#isFenced ? 'fenced' : 'open';
  }

  /** Epoch milliseconds, as all times here. */
  get createdAt(): number {
    return this.#link.createdAt;
  }

  get lastUsedAt(): number {
    return this.#link.lastUsedAt;
  }

  get lastAnsweredAt(): number {
    return this.#link.lastAnsweredAt;
  }

  get lastHeardAt(): number {
    return this.#link.lastHeardAt;
  }

  get inFlight(): number {
    return this.#link.inFlight;
  }

  /** host:port of the other end. */
  get peer(): string {
    return this.#link.peer;
  }

  get localPort(): number {
    return this.#link.localPort;
  }

  /** Sessions of the players who wait for an answer over it. */
  get waitingPlayers(): ReadonlySet<string> {
    return new Set(this.#waiting.values());
  }

  async request(method: string, body: PlayerRequest): Promise<unknown> {
    const ticket = Symbol(method);
    this.#waiting.set(ticket, body.session);
    try {
      return await this.#link.request(method, body);
    } finally {
      this.#waiting.delete(ticket);
    }
  }

  /** The same when no player waits for the answer. */
  tell(method: string, body: PlayerRequest): void {
    this.#link.request(method, body).catch(() => undefined);
  }

  /** Whether the other end answers in time. Who asks while a ping is under way gets the answer to that one. */
  ping(timeoutMs: number): Promise<boolean> {
    this.#ping ??= this.#link.ping(timeoutMs).then((answered) => {
      this.#ping = undefined;
      this.missedPongs = answered ? 0 : this.missedPongs + 1;
      return answered;
    });
    return this.#ping;
  }

  keepAlive(afterMs: number): void {
    this.#link.keepAlive(afterMs);
  }

  fence(): void {
    this.#isFenced = true;
  }

  unfence(): void {
    this.#isFenced = false;
  }

  onClose(listener: () => void): void {
    this.#link.onClose(listener);
  }

  /** Ends it at once; who waits for an answer gets an error. */
  close(): void {
    this.#link.cut();
  }
}
