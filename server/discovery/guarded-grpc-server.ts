import { createHash, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Server as NetServer, type Socket } from 'node:net';
import * as grpc from '@grpc/grpc-js';

export interface GuardedServerOptions {
  host: string;
  port: number;
  token: string;
  credentials: grpc.ServerCredentials;
  /** At once, from everyone. */
  maxConnections: number;
}

/** A connection that has shown no valid token by then is closed, and so is a call that has not said its piece. */
const PATIENCE_MS = 10_000;
const SHUTDOWN_GRACE_MS = 2_000;

/**
 * A gRPC server behind a door: the sockets are ours, so that their number is bounded and nobody without the
 * token keeps one; the token is checked at the metadata, before a byte of the message is gathered.
 */
export class GuardedGrpcServer implements AsyncDisposable {
  readonly grpc: grpc.Server;
  readonly #options: GuardedServerOptions;
  readonly #listener: NetServer;
  readonly #strangers = new Map<string, NodeJS.Timeout>();
  readonly #sockets = new Set<Socket>();

  constructor(options: GuardedServerOptions) {
    this.#options = options;
    this.grpc = new grpc.Server({
      'grpc.max_concurrent_streams': 16,
      'grpc.max_receive_message_length': 64 * 1024,
      'grpc.max_send_message_length': 64 * 1024,
      'grpc.keepalive_time_ms': 20_000,
      'grpc.keepalive_timeout_ms': 10_000,
      'grpc.keepalive_permit_without_calls': 1,
      'grpc.enable_channelz': 0,
      interceptors: [(_method, call) => this.#guard(call)],
    });
    const injector = this.grpc.createConnectionInjector(options.credentials);
    this.#listener = createServer((socket) => {
      this.#admit(socket);
      injector.injectConnection(socket);
    });
    this.#listener.maxConnections = options.maxConnections;
  }

  /** @throws NodeJS.ErrnoException when the port is not to be had */
  async listen(): Promise<AddressInfo> {
    this.#listener.listen(this.#options.port, this.#options.host);
    await once(this.#listener, 'listening');
    return this.#listener.address() as AddressInfo;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#listener.close();
    const force = setTimeout(() => this.#destroySockets(), SHUTDOWN_GRACE_MS);
    await new Promise<void>((resolve) => this.grpc.tryShutdown(() => resolve()));
    clearTimeout(force);
    this.#destroySockets();
    for (const timer of this.#strangers.values()) clearTimeout(timer);
  }

  #destroySockets(): void {
    this.grpc.forceShutdown();
    for (const socket of this.#sockets) socket.destroy();
  }

  #admit(socket: Socket): void {
    const peer = peerKey(socket.remoteAddress, socket.remotePort);
    this.#sockets.add(socket);
    this.#strangers.set(
      peer,
      setTimeout(() => socket.destroy(), PATIENCE_MS),
    );
    socket.on('error', () => {});
    socket.once('close', () => {
      this.#sockets.delete(socket);
      this.#accept(peer);
    });
  }

  #accept(peer: string): void {
    clearTimeout(this.#strangers.get(peer));
    this.#strangers.delete(peer);
  }

  #guard(call: grpc.ServerInterceptingCallInterface): grpc.ServerInterceptingCall {
    let patience: NodeJS.Timeout | undefined;
    const refuse = (code: grpc.status, details: string) => call.sendStatus({ code, details });
    return new grpc.ServerInterceptingCall(call, {
      start: (next) =>
        next({
          onReceiveMetadata: (metadata, proceed) => {
            if (!isTokenRight(metadata, this.#options.token)) {
              refuse(
                grpc.status.UNAUTHENTICATED,
                'The token is missing or wrong: compare OPSCENTER_AGENT_TOKEN.',
              );
              return;
            }
            const { remoteAddress, remotePort } = call.getConnectionInfo();
            this.#accept(peerKey(remoteAddress, remotePort));
            patience = setTimeout(
              () => refuse(grpc.status.DEADLINE_EXCEEDED, 'The request did not arrive in time.'),
              PATIENCE_MS,
            );
            proceed(metadata);
          },
          onReceiveHalfClose: (proceed) => {
            clearTimeout(patience);
            proceed();
          },
          onCancel: () => clearTimeout(patience),
        }),
      sendStatus: (status, next) => {
        clearTimeout(patience);
        next(status);
      },
    });
  }
}

function peerKey(address: string | undefined, port: number | undefined): string {
  return `${address} ${port}`;
}

/** In a time that does not depend on how much of it is right. */
function isTokenRight(metadata: grpc.Metadata, token: string): boolean {
  const [given = ''] = metadata.get('authorization');
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(String(given)), digest(`Bearer ${token}`));
}
