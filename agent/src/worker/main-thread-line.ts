import { setTimeout as sleep } from 'node:timers/promises';
import { AgentError, MainThreadStuck } from '../errors.ts';
import { type Answer, type PreviewFacts, previewLimitMs, type Question } from '../runs/run-contract.ts';
import type { ResourceContents, ToHost } from '../thread-contract.ts';
import type { MainThreadPulse } from './vitals/main-thread-pulse.ts';
import { within } from './within.ts';

/** A main thread that has not answered for so long is not waited for. */
const stuckAfterMs = 1_250;
const lookEveryMs = 200;
/** What this thread itself was too busy to hear is heard within this time. */
const hearMs = 20;
/** The main thread keeps its own limits, which are shorter: this one holds when it does not. */
const answerLimitMs = previewLimitMs + 500;

/** Asks the service's main thread for what only it can tell, and never waits for one that is stuck. */
export class MainThreadLine {
  readonly #pulse: MainThreadPulse;
  readonly #post: (message: ToHost) => void;
  readonly #open = new Map<number, (answer: Answer) => void>();
  #lastId = 0;

  constructor(pulse: MainThreadPulse, post: (message: ToHost) => void) {
    this.#pulse = pulse;
    this.#post = post;
  }

  /** @throws {AgentError} when the service does not say, and why */
  async readResource(resourceId: string): Promise<ResourceContents> {
    return (await this.#ask({ kind: 'resource', resourceId }, 'What is in a resource')) as ResourceContents;
  }

  /** @throws {AgentError} when the service does not say, and why */
  async preview(actionType: string, parametersJson: string): Promise<PreviewFacts> {
    const question: Question = { kind: 'preview', actionType, parametersJson };
    return (await this.#ask(question, `What ${actionType} works on`)) as PreviewFacts;
  }

  hear(id: number, answer: Answer): void {
    this.#open.get(id)?.(answer);
  }

  /**
   * Waits for work that the main thread is to do.
   *
   * @param begin is not called when the main thread is known to be stuck
   * @param subject what lives on the main thread, to begin a sentence with
   * @throws {AgentError} main-thread-stuck, or service-overdue when it answers everything but this
   */
  async await<Value extends object>(begin: () => Promise<Value>, subject: string): Promise<Value> {
    await this.#requireAnswers(subject);
    const startedMs = performance.now();
    const work = begin();
    for (;;) {
      this.#pulse.keepAsking();
      const value = await within(lookEveryMs, work);
      if (value !== undefined) return value;
      await this.#requireAnswers(subject);
      if (performance.now() - startedMs > answerLimitMs) {
        throw new AgentError(
          'service-overdue',
          `The service has not answered for ${answerLimitMs / 1000} s, although its main thread does. Nothing was done.`,
        );
      }
    }
  }

  async #requireAnswers(subject: string): Promise<void> {
    if (this.#pulse.silentForMs < stuckAfterMs) return;
    await sleep(hearMs);
    const { silentForMs } = this.#pulse;
    if (silentForMs >= stuckAfterMs) throw new MainThreadStuck(silentForMs, subject);
  }

  async #ask(question: Question, subject: string): Promise<unknown> {
    this.#lastId += 1;
    const id = this.#lastId;
    try {
      const answer = await this.await(() => {
        const answered = new Promise<Answer>((resolve) => this.#open.set(id, resolve));
        this.#post({ type: 'ask', id, question });
        return answered;
      }, subject);
      if ('refusal' in answer) throw new AgentError(answer.refusal.code, answer.refusal.message);
      return answer.value;
    } finally {
      this.#open.delete(id);
    }
  }
}
