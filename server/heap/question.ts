import type { HeapQuery } from '#profile/heap/query/heap-query.ts';
import type { EarlierFile } from './child-messages.ts';

export interface NewQuestion {
  readonly query: HeapQuery;
  readonly earlier?: EarlierFile;
  /** Aborts when nobody waits for the answer any more. */
  readonly signal: AbortSignal;
}

export interface HeapAnswered {
  readonly answer: Record<string, unknown>;
  /** In the process, others that were answered in between included. */
  readonly tookMs: number;
}

/** A question from the moment it is asked to its answer, its refusal, or until nobody wants it. */
export class Question {
  readonly number: number;
  readonly query: HeapQuery;
  readonly earlier: EarlierFile | undefined;
  readonly answered: Promise<HeapAnswered>;
  readonly #promise = Promise.withResolvers<HeapAnswered>();
  readonly #signal: AbortSignal;
  readonly #heedAbort: () => void;
  #timer: NodeJS.Timeout | undefined;

  constructor(number: number, { query, earlier, signal }: NewQuestion, onGone: () => void) {
    this.number = number;
    this.query = query;
    this.earlier = earlier;
    this.answered = this.#promise.promise;
    this.#signal = signal;
    this.#heedAbort = () => {
      // If it is being answered its deadline goes on: the process may hang on it.
      onGone();
      this.#promise.reject(signal.reason);
    };
    signal.addEventListener('abort', this.#heedAbort, { once: true });
  }

  /** It waits for its turn. */
  wait(patienceMs: number, onTired: () => void): void {
    this.#setTimer(patienceMs, onTired);
  }

  /** Its turn has come. */
  begin(deadlineMs: number, onOverdue: () => void): void {
    this.#setTimer(deadlineMs, onOverdue);
  }

  resolve(answered: HeapAnswered): void {
    this.end();
    this.#promise.resolve(answered);
  }

  reject(error: unknown): void {
    this.end();
    this.#promise.reject(error);
  }

  /** Nothing of it goes on. */
  end(): void {
    clearTimeout(this.#timer);
    this.#signal.removeEventListener('abort', this.#heedAbort);
  }

  #setTimer(ms: number, heed: () => void): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(heed, ms);
  }
}
