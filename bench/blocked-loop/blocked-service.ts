import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type CaptureKind, RecordingPhase } from '#proto/gen/opscenter/v1/capture_pb.ts';
import { AgentClient } from '../../agent/testing/agent-client.ts';
import { TestRegistry, testToken } from '../../agent/testing/test-registry.ts';

const script = fileURLToPath(new URL('blocked-process.mjs', import.meta.url));
/** Long enough that nobody can take it for a long turn of the loop. */
const STUCK_MS = 1_500;
const START_LIMIT_MS = 10_000;

/** A service whose main thread is stuck, watched as the server watches it. */
export class BlockedService implements AsyncDisposable {
  readonly #child: ChildProcess;
  readonly #client: AgentClient;
  readonly #registry: TestRegistry;
  #captures = 0;

  private constructor(child: ChildProcess, client: AgentClient, registry: TestRegistry) {
    this.#child = child;
    this.#client = client;
    this.#registry = registry;
  }

  static async start(node: string, way: string): Promise<BlockedService> {
    const registry = await TestRegistry.start();
    const child = spawn(node, [script, way], {
      env: { ...process.env, OPSCENTER_SERVER: registry.address, OPSCENTER_TOKEN: testToken },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    const { agentAddress } = await registry.registration();
    const client = new AgentClient(agentAddress);
    client.watch().on('data', () => undefined);
    await sleep(500);
    child.send('go');
    await sleep(STUCK_MS);
    return new BlockedService(child, client, registry);
  }

  /** From the request to the word that it records, in milliseconds. */
  async timeStart(kind: CaptureKind): Promise<number> {
    this.#captures += 1;
    const captureId = `capture-${this.#captures}`;
    const askedAt = performance.now();
    const stream = this.#client.openCollect({ captureId, kind, durationMs: 30_000 });
    const tookMs = await new Promise<number>((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new Error(`No recording within ${START_LIMIT_MS} ms`)),
        START_LIMIT_MS,
      );
      stream.on('data', ({ event }) => {
        if (event.case === 'failed') reject(new Error(event.value.message));
        if (event.case !== 'progress' || event.value.phase !== RecordingPhase.RECORDING) return;
        clearTimeout(timer);
        resolve(performance.now() - askedAt);
      });
      stream.on('error', reject);
    });
    await this.#client.stop(captureId, true);
    await this.#client.release(captureId);
    await sleep(200);
    return tookMs;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const ended = new Promise<void>((resolve) => this.#child.once('exit', () => resolve()));
    this.#child.kill('SIGKILL');
    await ended;
    this.#client[Symbol.dispose]();
    this.#registry[Symbol.dispose]();
  }
}
