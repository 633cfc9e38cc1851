/** The pauses of a thread while it is recorded. */
export class PauseTally {
  readonly #limitMs: number;
  #longestMs: number | undefined;
  #longCount = 0;
  #openMs = 0;
  changed: () => void = () => {};

  /** @param limitMs longer ones are counted */
  constructor(limitMs: number) {
    this.#limitMs = limitMs;
  }

  /** The longest, the one that goes on included; undefined when the thread has not been heard of. */
  get longestMs(): number | undefined {
    return this.#openMs > (this.#longestMs ?? 0) ? this.#openMs : this.#longestMs;
  }

  /** How many were longer than the limit. */
  get longCount(): number {
    return this.#longCount + (this.#openMs > this.#limitMs ? 1 : 0);
  }

  /** The thread answers again, after so long. */
  closed(ms: number): void {
    this.#openMs = 0;
    this.#longestMs = Math.max(this.#longestMs ?? 0, ms);
    if (ms > this.#limitMs) this.#longCount += 1;
    this.changed();
  }

  /** It does not answer yet, for so long. */
  open(ms: number): void {
    this.#openMs = ms;
    this.changed();
  }
}
