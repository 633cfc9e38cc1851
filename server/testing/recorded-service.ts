import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import type { Instance } from '../http/contract/index.ts';
import type { CaptureBench } from './capture-bench.ts';
import { spawnScript } from './drill.ts';
import { drillToken } from './drill-token.ts';
import { temporaryDirectory } from './temp-directory.ts';
import { waitUntil } from './wait-until.ts';

/** A process with the real agent in it, registered with the server of the bench. */
export class RecordedService {
  readonly temporaryFolder: string;
  readonly #bench: CaptureBench;
  readonly #child: ChildProcess;

  private constructor(bench: CaptureBench, child: ChildProcess, temporaryFolder: string) {
    this.#bench = bench;
    this.#child = child;
    this.temporaryFolder = temporaryFolder;
  }

  static async start(bench: CaptureBench, temporaryFolder = temporaryDirectory()): Promise<RecordedService> {
    const child = spawnScript('fixtures/recorded-service.ts', [
      bench.registryAddress,
      drillToken,
      temporaryFolder,
    ]);
    await once(child, 'message');
    const service = new RecordedService(bench, child, temporaryFolder);
    await waitUntil('the agent is connected', () => service.instance?.connection.state === 'connected');
    return service;
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  get instance(): Instance | undefined {
    return this.#bench.directory.list().find(({ pid }) => pid === this.pid);
  }

  /** How many async hooks are on in its main thread. */
  async countHooks(): Promise<number> {
    return await this.#ask('hooks');
  }

  async killAgent(): Promise<void> {
    await this.#ask('kill-agent');
  }

  /** Ends its worker thread, the one that is not the agent's. */
  async endHelper(): Promise<void> {
    await this.#ask('end-helper');
  }

  /** Processes that it has forked and that have not ended. */
  listChildren(): number[] {
    return readdirSync('/proc')
      .map(Number)
      .filter((pid) => parentOf(pid) === this.pid && isAlive(pid));
  }

  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await once(this.#child, 'exit');
  }

  async #ask(question: string): Promise<number> {
    const answered = once(this.#child, 'message', { signal: AbortSignal.timeout(5_000) });
    this.#child.send(question);
    const [{ hooksOn }] = (await answered) as [{ hooksOn: number }];
    return hooksOn;
  }
}

/** Whether there is such a process that has not ended; one that nobody has waited for has. */
export function isAlive(pid: number): boolean {
  try {
    return !/^State:\s+[ZX]/m.test(readFileSync(`/proc/${pid}/status`, 'latin1'));
  } catch {
    return false;
  }
}

function parentOf(pid: number): number | undefined {
  try {
    return Number(/^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1]);
  } catch {
    return undefined;
  }
}
