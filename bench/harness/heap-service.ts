import { fileURLToPath } from 'node:url';
import { AgentClient } from '../../agent/testing/agent-client.ts';
import { ServiceProcess } from '../../agent/testing/service-process.ts';
import { TestRegistry, testToken } from '../../agent/testing/test-registry.ts';
import { poll } from './poll.ts';

const folder = fileURLToPath(new URL('.', import.meta.url));
/** A heap of 10 million objects takes its time to be made on a slow machine. */
const patienceMs = 180_000;

export interface PauseReading {
  longestMs: number;
  objects: number;
  heapBytes: number;
}

export interface HeapServiceOrder {
  /** The Node binary. */
  node: string;
  objects: number;
  /** Threads that allocate. */
  workers?: number;
}

/** A service with a heap, with its agent and somebody who can talk to both. */
export class HeapService implements AsyncDisposable {
  readonly client: AgentClient;
  readonly port: number;
  readonly #service: ServiceProcess;
  readonly #registry: TestRegistry;

  private constructor(service: ServiceProcess, registry: TestRegistry, port: number, client: AgentClient) {
    this.#service = service;
    this.#registry = registry;
    this.port = port;
    this.client = client;
  }

  static async start({ node, objects, workers = 0 }: HeapServiceOrder): Promise<HeapService> {
    const registry = await TestRegistry.start();
    const service = new ServiceProcess({
      node,
      folder,
      args: ['--max-old-space-size=6000', 'heap-service-process.mjs', String(objects), String(workers)],
      environment: {
        OPSCENTER_SERVICE: 'measured',
        OPSCENTER_SERVER: registry.address,
        OPSCENTER_TOKEN: testToken,
      },
    });
    try {
      const port = await poll(async () => Number(service.output) || undefined, 'the service', patienceMs);
      const { agentAddress } = await registry.registration();
      return new HeapService(service, registry, port, new AgentClient(agentAddress));
    } catch (error) {
      await service[Symbol.asyncDispose]();
      registry[Symbol.dispose]();
      throw error;
    }
  }

  get isAlive(): boolean {
    return this.#service.isAlive;
  }

  /** The longest pause of its main thread since this was last asked. */
  async readPause(): Promise<PauseReading> {
    return (await this.#ask('/pause')) as PauseReading;
  }

  /** Has V8 write a snapshot in the process. */
  async writeSnapshot(): Promise<void> {
    await this.#ask('/write-snapshot');
  }

  async #ask(path: string): Promise<unknown> {
    return (await fetch(`http://127.0.0.1:${this.port}${path}`)).json();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.client[Symbol.dispose]();
    await this.#service[Symbol.asyncDispose]();
    this.#registry[Symbol.dispose]();
  }
}
