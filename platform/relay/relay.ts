import { createConnection, createServer, type Socket } from 'node:net';

export interface RelayOptions {
  /** Where the gateway connects to; 0 lets the system choose. */
  port: number;
  /** Where the pod listens. */
  targetPort: number;
  maxConnections: number;
}

export interface Relay {
  readonly port: number;
  /** Connections that the gateway still holds though their pod is gone. */
  readonly silent: number;
  close(): Promise<void>;
}

/**
 * The network between gateway and pod. When a process ends, loopback resets its connections at once; a pod that
 * vanishes with its network does not even say goodbye. So does this: the gateway's side of a connection whose pod has
 * gone stays open, takes everything and answers nothing. A new connection to a pod that is away is refused.
 */
export async function startRelay({ port, targetPort, maxConnections }: RelayOptions): Promise<Relay> {
  const gatewaySides = new Set<Socket>();
  const silent = new Set<Socket>();
  const server = createServer((gatewaySide) => {
    gatewaySides.add(gatewaySide);
    gatewaySide.once('close', () => {
      gatewaySides.delete(gatewaySide);
      silent.delete(gatewaySide);
    });
    connect(gatewaySide, targetPort, () => silent.add(gatewaySide));
  });
  server.maxConnections = maxConnections;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : port,
    get silent() {
      return silent.size;
    },
    close: () =>
      new Promise((resolve) => {
        for (const side of gatewaySides) side.destroy();
        server.close(() => resolve());
      }),
  };
}

function connect(gatewaySide: Socket, targetPort: number, hasGoneSilent: () => void): void {
  const podSide = createConnection(targetPort, '127.0.0.1');
  let reached = false;
  gatewaySide.on('error', () => gatewaySide.destroy());
  gatewaySide.once('close', () => podSide.destroy());
  podSide.on('error', () => podSide.destroy());
  podSide.once('connect', () => {
    reached = true;
    gatewaySide.pipe(podSide);
    podSide.pipe(gatewaySide, { end: false });
  });
  podSide.once('close', () => {
    if (gatewaySide.destroyed) return;
    if (!reached) {
      gatewaySide.resetAndDestroy();
      return;
    }
    gatewaySide.unpipe(podSide);
    // Read on and drop it, so that the gateway's system believes that everything arrives.
    gatewaySide.resume();
    hasGoneSilent();
  });
}
