import { createServer, type Server, type Socket } from 'node:net';

const mostConnections = 32;
/** A connection that has shown no valid token by then is closed. */
const authorizeWithinMs = 10_000;
const inspectEveryMs = 1_000;
/**
 * The agent receives only small requests, and some 13 bytes of flow control for every 32 KiB it sends. More than this
 * is a peer that costs memory and time on purpose.
 */
const mostInboundBytesPerSecond = 2 * 1024 * 1024;

interface Guest {
  openedAtMs: number;
  authorized: boolean;
  bytesRead: number;
}

/** Accepts connections before gRPC sees them, and closes those that are too many, anonymous or too loud. */
export class ConnectionGate {
  readonly #server: Server;
  readonly #guests = new Map<Socket, Guest>();
  #inspection: NodeJS.Timeout | undefined;

  constructor(admit: (socket: Socket) => void) {
    this.#server = createServer((socket) => {
      socket.setNoDelay(true);
      this.#guests.set(socket, { openedAtMs: performance.now(), authorized: false, bytesRead: 0 });
      socket.on('close', () => this.#guests.delete(socket));
      socket.on('error', () => {});
      admit(socket);
    });
    this.#server.maxConnections = mostConnections;
  }

  /** Resolves with the port. Rejects when it cannot listen there. */
  async listen(host: string, port: number): Promise<number> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen({ host, port }, () => {
        this.#server.off('error', reject);
        resolve();
      });
    });
    this.#server.on('error', () => {});
    this.#inspection = setInterval(() => this.#inspect(), inspectEveryMs);
    const address = this.#server.address();
    return typeof address === 'object' && address !== null ? address.port : port;
  }

  /** A call on the connection from this address and port carried the token. */
  authorize(remoteAddress: string | undefined, remotePort: number | undefined): void {
    for (const [socket, guest] of this.#guests) {
      if (socket.remotePort === remotePort && socket.remoteAddress === remoteAddress) guest.authorized = true;
    }
  }

  #inspect(): void {
    const nowMs = performance.now();
    for (const [socket, guest] of this.#guests) {
      const received = socket.bytesRead - guest.bytesRead;
      guest.bytesRead = socket.bytesRead;
      const isAnonymous = !guest.authorized && nowMs - guest.openedAtMs > authorizeWithinMs;
      if (isAnonymous || received > mostInboundBytesPerSecond) socket.destroy();
    }
  }

  [Symbol.dispose](): void {
    clearInterval(this.#inspection);
    this.#server.close();
    for (const socket of this.#guests.keys()) socket.destroy();
  }
}
