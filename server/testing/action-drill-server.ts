import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { Action } from '../http/contract/index.ts';
import type { ActionQuestion, ActionServerMessage, KillMoment } from './action-server-process.ts';
import { spawnScript } from './drill.ts';
import { waitUntil } from './wait-until.ts';

/** A process with the server's core for actions in it. */
export class ActionDrillServer {
  readonly child: ChildProcess;
  /** As last told. */
  action: Action | undefined;
  readonly #answers: unknown[] = [];
  #isConnected = false;
  #hasEnded = false;

  private constructor(child: ChildProcess) {
    this.child = child;
    child.on('message', (message: ActionServerMessage) => {
      if (message.kind === 'connected') this.#isConnected = true;
      if (message.kind === 'action') this.action = message.action;
      if (message.kind === 'answer') this.#answers.push(message.value);
    });
    child.once('exit', () => {
      this.#hasEnded = true;
    });
  }

  /** `moment`: when it kills itself. */
  static async start(
    dataDirectory: string,
    port: number,
    moment: KillMoment | '' = '',
  ): Promise<ActionDrillServer> {
    const args = [dataDirectory, `${port}`, moment];
    const server = new ActionDrillServer(spawnScript('action-server-process.ts', args));
    await once(server.child, 'message');
    return server;
  }

  async ask<Value>(question: ActionQuestion): Promise<Value> {
    const count = this.#answers.length;
    this.child.send(question);
    await waitUntil(`${question.kind} is answered`, () => this.#answers.length > count);
    return this.#answers.at(-1) as Value;
  }

  /** Asks for what it may not live to answer. */
  send(question: ActionQuestion): void {
    this.child.send(question);
  }

  async untilConnected(): Promise<void> {
    await waitUntil('the instance is connected', () => this.#isConnected);
  }

  async untilDead(): Promise<void> {
    await waitUntil('the server is dead', () => this.#hasEnded);
  }

  async kill(): Promise<void> {
    if (this.#hasEnded) return;
    this.child.kill('SIGKILL');
    await this.untilDead();
  }
}
