import { createServer, type RequestListener, type Server, STATUS_CODES } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { Duplex } from 'node:stream';
import type { TlsMaterial } from '../config.ts';
import type { ServerError } from '../errors.ts';
import { HeadersTooLarge, RequestTooSlow, RequestUnreadable } from './errors.ts';
import {
  CONNECTION_LIMIT,
  HEADERS_LIMIT_BYTES,
  HEADERS_TIMEOUT_MS,
  IDLE_TIMEOUT_MS,
  KEEP_ALIVE_TIMEOUT_MS,
  REQUEST_TIMEOUT_MS,
} from './limits.ts';
import { PROBLEM_MEDIA_TYPE, toProblem } from './problem-document.ts';

/** Node's server with every limit set: who sends slowly, hugely or nothing at all does not hold anyone up. */
export function openHttpServer(handler: RequestListener, tls: TlsMaterial | null): Server {
  const limits = {
    maxHeaderSize: HEADERS_LIMIT_BYTES,
    headersTimeout: HEADERS_TIMEOUT_MS,
    requestTimeout: REQUEST_TIMEOUT_MS,
    connectionsCheckingInterval: 5_000,
    keepAliveTimeout: KEEP_ALIVE_TIMEOUT_MS,
  };
  const server = tls
    ? createTlsServer({ ...limits, cert: tls.cert, key: tls.key, minVersion: 'TLSv1.2' }, handler)
    : createServer(limits, handler);
  server.maxConnections = CONNECTION_LIMIT;
  server.setTimeout(IDLE_TIMEOUT_MS);
  server.on('clientError', answerUnreadable);
  return server;
}

/** What could not even be parsed is answered on the bare connection, and the connection ends. */
function answerUnreadable(error: Error, socket: Duplex): void {
  if (!socket.writable || ('code' in error && error.code === 'ECONNRESET')) {
    socket.destroy();
    return;
  }
  const problem = toSituation(error);
  const body = JSON.stringify(toProblem(problem, 'none'));
  socket.end(
    [
      `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}`,
      `content-type: ${PROBLEM_MEDIA_TYPE}`,
      `content-length: ${Buffer.byteLength(body)}`,
      'x-content-type-options: nosniff',
      'connection: close',
      '',
      body,
    ].join('\r\n'),
  );
}

function toSituation(error: Error): ServerError {
  const code = 'code' in error ? error.code : undefined;
  if (code === 'HPE_HEADER_OVERFLOW') return new HeadersTooLarge();
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return new RequestTooSlow();
  return new RequestUnreadable();
}
