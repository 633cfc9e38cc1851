import { Worker } from 'node:worker_threads';
import type { FromThread, TaskName, ThreadTasks } from './thread-tasks.ts';

/**
 * A thread that does one thing after another beside this one. Nothing depends on it: what it cannot do, for want of memory too, is
 * done without it. It is ended when it is disposed of, in the middle of something too.
 */
export class SecondThread implements AsyncDisposable {
  readonly #worker: Worker;
  readonly #waiting: ((result: unknown) => void)[] = [];
  #isOver = false;

  constructor() {
    this.#worker = new Worker(new URL('thread-main.ts', import.meta.url));
    this.#worker.on('message', (message: FromThread) => {
      // Why it could not be done is found out by whoever does it instead.
      this.#waiting.shift()?.('failure' in message ? undefined : message.result);
    });
    this.#worker.on('error', (error) => this.#end(error));
    this.#worker.on('exit', () => this.#end());
  }

  /** Tells it to do something when it has done what it was told before. Resolves with undefined when it came to nothing. */
  begin<Name extends TaskName>(
    task: Name,
    told: ThreadTasks[Name]['told'],
  ): Promise<ThreadTasks[Name]['result'] | undefined> {
    if (this.#isOver) return Promise.resolve(undefined);
    const asked = Promise.withResolvers<ThreadTasks[Name]['result'] | undefined>();
    this.#waiting.push(asked.resolve as (result: unknown) => void);
    this.#worker.postMessage({ task, told });
    return asked.promise;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#worker.terminate();
  }

  #end(error?: unknown): void {
    if (error !== undefined) console.error(error);
    this.#isOver = true;
    for (const settle of this.#waiting.splice(0)) settle(undefined);
  }
}
