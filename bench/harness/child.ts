import { type ChildProcess, fork } from 'node:child_process';
import { flushCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';

/** How long a child may take for one answer unless it is said otherwise. */
const ANSWER_BUDGET_MS = 300_000;

/**
 * A process of a bench, asked one thing at a time over its IPC channel. It ends with this process, whatever happens
 * to it: see `answerParent`.
 */
export class BenchChild implements AsyncDisposable {
  readonly #child: ChildProcess;

  constructor(url: URL, args: readonly string[] = [], environment: Readonly<Record<string, string>> = {}) {
    this.#child = fork(fileURLToPath(url), args, {
      env: { ...process.env, ...environment },
      execArgv: ['--no-warnings'],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
  }

  get pid(): number {
    if (this.#child.pid === undefined) throw new Error('The process could not be started');
    return this.#child.pid;
  }

  /** @throws {Error} with the child's message when it fails, ends or takes too long. */
  ask<Answer>(question: string, argument?: unknown, budgetMs = ANSWER_BUDGET_MS): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const settle = (act: () => void) => {
        clearTimeout(timer);
        this.#child.off('message', hear);
        this.#child.off('exit', end);
        act();
      };
      const hear = (message: unknown) => {
        const reply = message as { answer: Answer } | { failure: string };
        settle(() => ('failure' in reply ? reject(new Error(reply.failure)) : resolve(reply.answer)));
      };
      const end = () => settle(() => reject(new Error(`The process ended instead of answering ${question}`)));
      const timer = setTimeout(
        () => settle(() => reject(new Error(`No answer to ${question} in time`))),
        budgetMs,
      );
      this.#child.on('message', hear);
      this.#child.once('exit', end);
      this.#child.send({ question, argument }, (error) => {
        if (error) settle(() => reject(error));
      });
    });
  }

  kill(): Promise<void> {
    return new Promise((resolve) => {
      if (this.#child.exitCode !== null || this.#child.signalCode !== null) resolve();
      else {
        this.#child.once('exit', () => resolve());
        this.#child.kill('SIGKILL');
      }
    });
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.kill();
  }
}

/** The child's side: answers questions one after the other and ends when the parent does. */
export function answerParent(answers: Record<string, (argument: never) => unknown>): void {
  process.on('disconnect', () => process.exit(0));
  process.on('message', async (message: { question: string; argument: never }) => {
    try {
      const answer = answers[message.question];
      if (!answer) throw new Error(`Nobody answers ${message.question}`);
      process.send?.({ answer: await answer(message.argument) });
      // It will be killed, and would leave nothing in the cache of compiled programs.
      flushCompileCache();
    } catch (error) {
      process.send?.({ failure: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    }
  });
}
