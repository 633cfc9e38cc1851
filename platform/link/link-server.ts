import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type WebSocket, WebSocketServer } from 'ws';
import { ZodError } from 'zod';
import { LinkRefusal, LinkRequest, MAX_MESSAGE_BYTES } from './link-message.ts';

/** The other end of one accepted connection. */
export interface Caller {
  readonly id: number;
}

/** Answers one method. A thrown {@link LinkRefusal} or `ZodError` becomes the caller's error. */
export type LinkHandler = (body: unknown, caller: Caller) => unknown;

export interface LinkServerOptions {
  /** 0 lets the system choose. */
  port: number;
  /** By method name. */
  handlers: Readonly<Record<string, LinkHandler>>;
  /** What `GET /health` answers. */
  health(): Record<string, unknown>;
  onConnect?(caller: Caller): void;
  onDisconnect?(caller: Caller): void;
  maxConnections: number;
}

export interface LinkServer {
  readonly port: number;
  readonly connections: number;
  close(): Promise<void>;
}

/** Listens on loopback. Rejects when the port cannot be had. */
export async function startLinkServer(options: LinkServerOptions): Promise<LinkServer> {
  const http = createServer((request, response) => answerHttp(request, response, options.health));
  const sockets = new WebSocketServer({
    server: http,
    maxPayload: MAX_MESSAGE_BYTES,
    perMessageDeflate: false,
  });
  let nextId = 1;
  sockets.on('connection', (socket) => {
    if (sockets.clients.size > options.maxConnections) {
      socket.close(1013, 'too many connections');
      return;
    }
    const caller: Caller = { id: nextId++ };
    socket.on('error', () => socket.terminate());
    socket.on('close', () => options.onDisconnect?.(caller));
    socket.on('message', (data) => void answer(socket, String(data), caller, options.handlers));
    options.onConnect?.(caller);
  });
  // The HTTP server's errors are repeated here; listen() below reports them.
  sockets.on('error', () => undefined);
  const port = await listen(http, options.port);
  return {
    port,
    get connections() {
      return sockets.clients.size;
    },
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets.clients) socket.terminate();
        http.close(() => resolve());
        http.closeAllConnections();
      }),
  };
}

function listen(http: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    http.once('error', reject);
    http.listen(port, '127.0.0.1', () => {
      http.off('error', reject);
      const address = http.address();
      resolve(typeof address === 'object' && address ? address.port : port);
    });
  });
}

function answerHttp(
  request: IncomingMessage,
  response: ServerResponse,
  health: LinkServerOptions['health'],
): void {
  const found = request.method === 'GET' && request.url === '/health';
  response.writeHead(found ? 200 : 404, { 'content-type': 'application/json' });
  response.end(JSON.stringify(found ? { status: 'ok', ...health() } : { error: 'not found' }));
}

async function answer(
  socket: WebSocket,
  text: string,
  caller: Caller,
  handlers: LinkServerOptions['handlers'],
): Promise<void> {
  const request = parseRequest(text);
  if (!request) {
    socket.close(1008, 'not a request');
    return;
  }
  const handler = Object.hasOwn(handlers, request.method) ? handlers[request.method] : undefined;
  let reply: Record<string, unknown>;
  try {
    if (!handler) throw new LinkRefusal('unknown-method', `There is no method ${request.method}`);
    reply = { id: request.id, result: (await handler(request.body, caller)) ?? null };
  } catch (error) {
    reply = { id: request.id, error: toErrorBody(error) };
  }
  if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(reply));
}

function parseRequest(text: string): LinkRequest | undefined {
  try {
    return LinkRequest.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

function toErrorBody(error: unknown): { code: string; message: string } {
  if (error instanceof LinkRefusal) return { code: error.code, message: error.message };
  if (error instanceof ZodError) return { code: 'bad-request', message: 'The request has a wrong shape' };
  return { code: 'failed', message: error instanceof Error ? error.message : String(error) };
}
