import { WebSocket } from 'ws';
import { LinkAnswer, LinkBroken, LinkRefusal, MAX_MESSAGE_BYTES } from './link-message.ts';

interface Pending {
  resolve(result: unknown): void;
  reject(error: Error): void;
  timer: NodeJS.Timeout;
}

const CONNECT_TIMEOUT_MS = 3_000;
const MAX_IN_FLIGHT = 256;

/** The calling end of one connection. Lives until it is closed by either side; it never reconnects. */
export class Link {
  readonly createdAt = Date.now();
  readonly peer: string;
  readonly #socket: WebSocket;
  readonly #pending = new Map<number, Pending>();
  #lastUsedAt = Date.now();
  #nextId = 0;

  private constructor(socket: WebSocket, peer: string) {
    this.#socket = socket;
    this.peer = peer;
    socket.on('message', (data) => this.#settle(String(data)));
    socket.on('close', () => this.#failAll(new LinkBroken(`The connection to ${peer} was closed`)));
    socket.on('error', () => socket.terminate());
  }

  /** @throws {LinkBroken} when nobody answers within 3 s. */
  static open(url: string): Promise<Link> {
    return new Promise((resolve, reject) => {
      const socket = new WebSocket(url, {
        handshakeTimeout: CONNECT_TIMEOUT_MS,
        maxPayload: MAX_MESSAGE_BYTES,
        perMessageDeflate: false,
      });
      const fail = (error: Error) => reject(new LinkBroken(`Cannot connect to ${url}: ${error.message}`));
      socket.once('error', fail);
      socket.once('open', () => {
        socket.off('error', fail);
        resolve(new Link(socket, new URL(url).host));
      });
    });
  }

  get isOpen(): boolean {
    return this.#socket.readyState === WebSocket.OPEN;
  }

  get lastUsedAt(): number {
    return this.#lastUsedAt;
  }

  get inFlight(): number {
    return this.#pending.size;
  }

  /**
   * @throws {LinkRefusal} when the other end refuses.
   * @throws {LinkBroken} when the connection ends or no answer comes in time.
   */
  request(method: string, body: unknown, timeoutMs = 5_000): Promise<unknown> {
    if (!this.isOpen) return Promise.reject(new LinkBroken(`The connection to ${this.peer} is closed`));
    if (this.#pending.size >= MAX_IN_FLIGHT)
      return Promise.reject(new LinkBroken(`${this.peer} owes ${MAX_IN_FLIGHT} answers`));
    const id = this.#nextId++;
    this.#lastUsedAt = Date.now();
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#pending.delete(id);
        reject(new LinkBroken(`${this.peer} did not answer ${method} within ${timeoutMs} ms`));
      }, timeoutMs);
      this.#pending.set(id, { resolve, reject, timer });
      this.#socket.send(JSON.stringify({ id, method, body }));
    });
  }

  onClose(listener: () => void): void {
    if (this.#socket.readyState === WebSocket.CLOSED) listener();
    else this.#socket.once('close', listener);
  }

  close(): void {
    this.#socket.terminate();
  }

  #settle(text: string): void {
    const answer = parseAnswer(text);
    const pending = answer && this.#pending.get(answer.id);
    if (!answer || !pending) return;
    this.#pending.delete(answer.id);
    clearTimeout(pending.timer);
    if ('error' in answer) pending.reject(new LinkRefusal(answer.error.code, answer.error.message));
    else pending.resolve(answer.result);
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
