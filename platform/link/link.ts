import type { Socket } from 'node:net';
import { WebSocket } from 'ws';
import { LinkAnswer, LinkBroken, LinkRefusal, MAX_MESSAGE_BYTES } from './link-message.ts';

interface Pending {
  resolve(result: unknown): void;
  reject(error: Error): void;
  timer: NodeJS.Timeout;
}

const CONNECT_TIMEOUT_MS = 3_000;
const MAX_IN_FLIGHT = 256;
const MAX_OPEN_PINGS = 64;

/** The calling end of one connection. Lives until it is closed by either side; it never reconnects. */
export class Link {
  readonly createdAt = Date.now();
  readonly peer: string;
  /** This end's own port: with the peer's it names the connection in the system's table of sockets. */
  readonly localPort: number;
  readonly #name: string;
  readonly #socket: WebSocket;
  readonly #transport: Socket;
  readonly #pending = new Map<number, Pending>();
  readonly #openPings = new Map<string, () => void>();
  #lastUsedAt = this.createdAt;
  #lastAnsweredAt = this.createdAt;
  #lastPongAt: number | undefined;
  #nextId = 0;

  private constructor(socket: WebSocket, transport: Socket, { peer, name }: { peer: string; name: string }) {
    this.#socket = socket;
    this.#transport = transport;
    this.localPort = transport.localPort ?? 0;
    this.peer = peer;
    this.#name = name;
    socket.on('message', (data) => this.#settle(String(data)));
    socket.on('pong', (data) => this.#hearPong(String(data)));
    socket.on('close', () => this.#failAll(new LinkBroken(`The connection to ${name} was closed`)));
    socket.on('error', () => socket.terminate());
  }

  /**
   * @param name what people know the other end by; its address when left out.
   * @throws {LinkBroken} when nobody answers within 3 s.
   */
  static open(url: string, name?: string): Promise<Link> {
    const peer = new URL(url).host;
    return new Promise((resolve, reject) => {
      const socket = new WebSocket(url, {
        handshakeTimeout: CONNECT_TIMEOUT_MS,
        maxPayload: MAX_MESSAGE_BYTES,
        perMessageDeflate: false,
      });
      const fail = (error: Error) =>
        reject(new LinkBroken(`Cannot connect to ${name ?? url}: ${error.message}`));
      socket.once('error', fail);
      // Comes right before `open`.
      socket.once('upgrade', ({ socket: transport }) => {
        socket.once('open', () => {
          socket.off('error', fail);
          resolve(new Link(socket, transport, { peer, name: name ?? peer }));
        });
      });
    });
  }

  get isOpen(): boolean {
    return this.#socket.readyState === WebSocket.OPEN && !this.#transport.destroyed;
  }

  get lastUsedAt(): number {
    return this.#lastUsedAt;
  }

  /** When the last answer to a request came; when it was made, if none has. */
  get lastAnsweredAt(): number {
    return this.#lastAnsweredAt;
  }

  /** When the other end last gave any sign of life. */
  get lastHeardAt(): number {
    return Math.max(this.#lastAnsweredAt, this.#lastPongAt ?? 0);
  }

  get inFlight(): number {
    return this.#pending.size;
  }

  /**
   * @throws {LinkRefusal} when the other end refuses.
   * @throws {LinkBroken} when the connection ends or no answer comes in time.
   */
  request(method: string, body: unknown, timeoutMs = 5_000): Promise<unknown> {
    if (!this.isOpen) return Promise.reject(new LinkBroken(`The connection to ${this.#name} is closed`));
    if (this.#pending.size >= MAX_IN_FLIGHT)
      return Promise.reject(new LinkBroken(`${this.#name} owes ${MAX_IN_FLIGHT} answers`));
    const id = this.#nextId++;
    this.#lastUsedAt = Date.now();
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#pending.delete(id);
        reject(new LinkBroken(`${this.#name} did not answer ${method} within ${timeoutMs} ms`));
      }, timeoutMs);
      this.#pending.set(id, { resolve, reject, timer });
      this.#socket.send(JSON.stringify({ id, method, body }));
    });
  }

  /** Whether the other end answers a ping in time. */
  ping(timeoutMs: number): Promise<boolean> {
    if (!this.isOpen || this.#openPings.size >= MAX_OPEN_PINGS) return Promise.resolve(false);
    const key = String(this.#nextId++);
    return new Promise((resolve) => {
      const settle = (answered: boolean) => {
        clearTimeout(timer);
        this.#openPings.delete(key);
        resolve(answered);
      };
      const pong = () => settle(true);
      // When this process stood still itself, the pong may have come already and not have been read.
      const timer = setTimeout(() => setImmediate(() => settle(false)), timeoutMs);
      this.#openPings.set(key, pong);
      this.#socket.ping(key);
    });
  }

  /** Lets the system itself look after a silent connection: first after so many milliseconds. */
  keepAlive(afterMs: number): void {
    this.#transport.setKeepAlive(true, afterMs);
  }

  onClose(listener: () => void): void {
    if (this.#socket.readyState === WebSocket.CLOSED) listener();
    else this.#socket.once('close', listener);
  }

  close(): void {
    this.#socket.terminate();
  }

  /** Ends it so that nothing of it stays in the system: what is on its way is lost, and no port is kept waiting. */
  cut(): void {
    this.#transport.resetAndDestroy();
  }

  #settle(text: string): void {
    const answer = parseAnswer(text);
    const pending = answer && this.#pending.get(answer.id);
    if (!answer || !pending) return;
    this.#pending.delete(answer.id);
    this.#lastAnsweredAt = Date.now();
    clearTimeout(pending.timer);
    if ('error' in answer) pending.reject(new LinkRefusal(answer.error.code, answer.error.message));
    else pending.resolve(answer.result);
  }

  #hearPong(key: string): void {
    this.#lastPongAt = Date.now();
    this.#openPings.get(key)?.();
  }

  #failAll(error: LinkBroken): void {
    for (const pending of this.#pending.values()) {
      clearTimeout(pending.timer);
      pending.reject(error);
    }
    this.#pending.clear();
  }
}

function parseAnswer(text: string): LinkAnswer | undefined {
  try {
    return LinkAnswer.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
