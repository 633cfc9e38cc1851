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

/** What a `GET` is answered with. */
export interface Page {
  contentType: string;
  body: string;
}

export interface LinkServerOptions {
  /** 0 lets the system choose. */
  port: number;
  /** By method name. */
  handlers: Readonly<Record<string, LinkHandler>>;
  /** What `GET /health` answers. */
  health(): Record<string, unknown>;
  /** What else can be read over HTTP, by path such as "/metrics". */
  pages?: Readonly<Record<string, () => Promise<Page>>>;
  onConnect?(caller: Caller): void;
  onDisconnect?(caller: Caller): void;
  maxConnections: number;
  /** Told of every answer until the system has taken it. */
  sendQueue?: SendQueue;
}

/** Answers on their way out, as the agent counts them. */
export interface SendQueue {
  enqueued(): { dequeued(): void };
}

export interface LinkServer {
  readonly port: number;
  readonly connections: number;
  /** Connections that this end has ended, for whatever reason. */
  readonly ended: number;
  close(): Promise<void>;
}

/** Listens on loopback. Rejects when the port cannot be had. */
export async function startLinkServer(options: LinkServerOptions): Promise<LinkServer> {
  const http = createServer((request, response) => void answerHttp(request, response, options));
  const sockets = new WebSocketServer({
    server: http,
    maxPayload: MAX_MESSAGE_BYTES,
    perMessageDeflate: false,
  });
  let nextId = 1;
  let ended = 0;
  sockets.on('connection', (socket) => {
    if (sockets.clients.size > options.maxConnections) {
      ended++;
      socket.close(1013, 'too many connections');
      return;
    }
    const caller: Caller = { id: nextId++ };
    socket.on('error', () => socket.terminate());
    const end = () => {
      ended++;
      socket.close(1008, 'not a request');
    };
    socket.on('close', () => options.onDisconnect?.(caller));
    socket.on('message', (data) => void answer(socket, String(data), caller, options, end));
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
    get ended() {
      return ended;
    },
    close: () =>
      new Promise((resolve) => {
        ended += sockets.clients.size;
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

async function answerHttp(
  request: IncomingMessage,
  response: ServerResponse,
  { health, pages = {} }: LinkServerOptions,
): Promise<void> {
  const path = request.method === 'GET' ? (request.url ?? '') : '';
  const reply = (status: number, { contentType, body }: Page) => {
    response.writeHead(status, { 'content-type': contentType });
    response.end(body);
  };
  const json = (value: unknown): Page => ({ contentType: 'application/json', body: JSON.stringify(value) });
  const page = Object.hasOwn(pages, path) ? pages[path] : undefined;
  if (path === '/health') reply(200, json({ status: 'ok', ...health() }));
  else if (!page) reply(404, json({ error: 'not found' }));
  else
    await page().then(
      (found) => reply(200, found),
      () => reply(500, json({ error: 'failed' })),
    );
}

async function answer(
  socket: WebSocket,
  text: string,
  caller: Caller,
  { handlers, sendQueue }: LinkServerOptions,
  endConnection: () => void,
): Promise<void> {
  const request = parseRequest(text);
  if (!request) {
    endConnection();
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
  if (socket.readyState !== socket.OPEN) return;
  const entry = sendQueue?.enqueued();
  // Called with an error too, when the connection breaks first.
  socket.send(JSON.stringify(reply), () => entry?.dequeued());
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
