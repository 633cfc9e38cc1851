import { ProfileError } from '#profile/errors.ts';
import type { HeapExplorer } from '#profile/heap/query/heap-explorer.ts';
import { QuestionTurns } from '#profile/heap/query/question-turns.ts';
import type { HeapWorkerReport, HeapWorkerRequest } from './protocol.ts';

type Ask = Extract<HeapWorkerRequest, { type: 'ask' }>;

/** Has questions answered in turns, and tells the answers. Those that are forgotten meanwhile are left where they are. */
export class Questions {
  readonly #turns: QuestionTurns;
  readonly #report: (report: HeapWorkerReport) => void;
  readonly #asking = new Map<number, AbortController>();

  /**
   * @param later calls it after the messages that have come
   * @param sliceMs for how long a question is answered without a look at others
   */
  constructor(
    later: (run: () => void) => void,
    report: (report: HeapWorkerReport) => void,
    sliceMs?: number,
  ) {
    this.#turns = new QuestionTurns({ later, ...(sliceMs === undefined ? {} : { sliceMs }) });
    this.#report = report;
  }

  async ask(explorer: HeapExplorer, { number, query }: Ask): Promise<void> {
    const asking = new AbortController();
    this.#asking.set(number, asking);
    try {
      const answer = await this.#turns.run(explorer.answering(query), asking.signal);
      this.#report({ type: 'answer', number, answer });
    } catch (error) {
      if (asking.signal.aborted) return;
      if (error instanceof ProfileError) {
        this.#report({ type: 'refused', number, code: error.code, message: error.message });
      } else {
        // To the worker's end, as everything that is not expected.
        setTimeout(() => {
          throw error;
        });
      }
    } finally {
      this.#asking.delete(number);
    }
  }

  /** Nobody wants the answer any more. */
  forget(number: number): void {
    this.#asking.get(number)?.abort();
  }
}
