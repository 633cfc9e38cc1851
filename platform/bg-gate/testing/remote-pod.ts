import { setTimeout as sleep } from 'node:timers/promises';
import { type LinkServer, startLinkServer } from '../../link/link-server.ts';
import { type Relay, startRelay } from '../../relay/relay.ts';
import type { PodAddress } from '../pool/pod-connections.ts';

/** A pod behind a network: when it vanishes, its connections say nothing. */
export class RemotePod {
  readonly name: string;
  #server: LinkServer;
  readonly #relay: Relay;

  private constructor(name: string, server: LinkServer, relay: Relay) {
    this.name = name;
    this.#server = server;
    this.#relay = relay;
  }

  static async start(name: string): Promise<RemotePod> {
    const server = await startPod(0);
    const relay = await startRelay({ port: 0, targetPort: server.port, maxConnections: 64 });
    return new RemotePod(name, server, relay);
  }

  get address(): PodAddress {
    return {
      pod: this.name,
      url: `ws://127.0.0.1:${this.#relay.port}`,
      healthUrl: `http://127.0.0.1:${this.#server.port}/health`,
    };
  }

  async vanish(): Promise<void> {
    await this.#server.close();
  }

  async comeBack(): Promise<void> {
    this.#server = await startPod(this.#server.port);
  }

  async restart(): Promise<void> {
    await this.vanish();
    await this.comeBack();
  }

  async close(): Promise<void> {
    await this.#relay.close();
    await this.#server.close();
  }
}

async function startPod(port: number): Promise<LinkServer> {
  const startedAt = new Date().toISOString();
  return startLinkServer({
    port,
    maxConnections: 64,
    health: () => ({ startedAt }),
    handlers: {
      probe: () => ({}),
      play: (_, caller) => caller.id,
      never: () => new Promise(() => undefined),
    },
  });
}

/** @throws {Error} when it does not hold within 20 s. */
export async function until(holds: () => boolean | Promise<boolean>, what: string): Promise<void> {
  const deadline = performance.now() + 20_000;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error(`Not within 20 s: ${what}`);
    await sleep(20);
  }
}
