const askEveryMs = 15_000;
/** What the agent's thread does at a stretch takes seconds at most. */
const mostUnanswered = 4;

/**
 * Notices that the agent's own thread is stuck, in a loop for instance. Counts questions and not time: a process that was
 * stopped, or a main thread that was stuck itself, has asked none meanwhile.
 */
export class ThreadWatchdog implements Disposable {
  readonly #ask: () => void;
  readonly #stuck: (reason: string) => void;
  readonly #timer: NodeJS.Timeout;
  #unanswered = 0;

  constructor(ask: () => void, stuck: (reason: string) => void) {
    this.#ask = ask;
    this.#stuck = stuck;
    this.#timer = setInterval(() => this.#look(), askEveryMs);
    this.#timer.unref();
  }

  heard(): void {
    this.#unanswered = 0;
  }

  #look(): void {
    if (this.#unanswered >= mostUnanswered) {
      this[Symbol.dispose]();
      this.#stuck(`it did not answer for ${(mostUnanswered * askEveryMs) / 1000} s`);
      return;
    }
    this.#unanswered += 1;
    this.#ask();
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
  }
}
