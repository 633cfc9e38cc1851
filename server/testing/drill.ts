import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Capture, CaptureState } from '../http/contract/index.ts';
import { drillToken } from './drill-token.ts';
import type { ServerAnswer, ServerQuestion } from './server-process.ts';
import { waitUntil } from './wait-until.ts';

/** A port that was free a moment ago: a killed server must come back at the same one. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}

/** Runs a script of this folder in a process of its own, with a channel to it. */
export function spawnScript(name: string, args: string[]): ChildProcess {
  const child = spawn(process.execPath, [join(import.meta.dirname, name), ...args], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

/** A process with an agent in it. */
export async function spawnAgent(
  registry: string,
  { sizeBytes, chunkDelayMs }: { sizeBytes: number; chunkDelayMs: number },
): Promise<ChildProcess> {
  const child = spawnScript('agent-process.ts', [registry, drillToken, `${sizeBytes}`, `${chunkDelayMs}`]);
  await once(child, 'message');
  return child;
}

/** A process with the server's core in it. */
export class DrillServer {
  readonly child: ChildProcess;
  isConnected = false;
  /** As last told. */
  capture: Capture | undefined;
  readonly #answers: unknown[] = [];

  private constructor(child: ChildProcess) {
    this.child = child;
    child.on('message', (answer: ServerAnswer) => {
      if (answer.kind === 'connected') this.isConnected = true;
      if (answer.kind === 'capture') this.capture = answer.capture;
      if (answer.kind === 'answer') this.#answers.push(answer.value);
    });
  }

  static async start(dataDirectory: string, port: number): Promise<DrillServer> {
    const server = new DrillServer(spawnScript('server-process.ts', [dataDirectory, `${port}`]));
    await once(server.child, 'message');
    return server;
  }

  async ask<Value>(question: ServerQuestion): Promise<Value> {
    const count = this.#answers.length;
    this.child.send(question);
    await waitUntil(`${question.kind} is answered`, () => this.#answers.length > count);
    return this.#answers.at(-1) as Value;
  }

  async untilConnected(): Promise<void> {
    await waitUntil('the agent is connected', () => this.isConnected);
  }

  /**
   * Asks, and kills the process as soon as it tells of a capture in such a state: looking now and then would miss the
   * states that last for a few milliseconds.
   */
  async killWhen(question: ServerQuestion, isMoment: (status: CaptureState) => boolean): Promise<Capture> {
    const exited = once(this.child, 'exit', { signal: AbortSignal.timeout(20_000) });
    const killed = new Promise<Capture>((resolve) => {
      this.child.on('message', (answer: ServerAnswer) => {
        if (answer.kind !== 'capture' || !isMoment(answer.capture.status)) return;
        this.child.kill('SIGKILL');
        resolve(answer.capture);
      });
    });
    this.child.send(question);
    await exited;
    return await killed;
  }

  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await once(this.child, 'exit');
  }
}
