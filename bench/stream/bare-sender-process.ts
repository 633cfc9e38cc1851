import { once } from 'node:events';
import { Server, ServerCredentials, type ServerWritableStream } from '@grpc/grpc-js';
import { answerParent } from '../harness/child.ts';
import { bareService, MESSAGE_BYTES } from './bare-service.ts';

/** The peer's sending end: the same piece of memory again and again, obeying back-pressure. */
const message = Buffer.alloc(MESSAGE_BYTES, 'opscenter');

async function send(call: ServerWritableStream<Buffer, Buffer>): Promise<void> {
  const messages = Math.ceil(Number(call.request.toString()) / MESSAGE_BYTES);
  for (let sent = 0; sent < messages; sent++) {
    if (!call.write(message)) await once(call, 'drain');
  }
  call.end();
}

const server = new Server();
server.addService(bareService, { download: send });
const port = await new Promise<number>((resolve, reject) =>
  server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) =>
    error ? reject(error) : resolve(bound),
  ),
);

answerParent({ address: () => `127.0.0.1:${port}` });
