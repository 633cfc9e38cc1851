/** How long a recorder's start is expected to stop the main thread: a guess until it was measured here. */
export class LearnedPause {
  #ms: number;

  constructor(guessMs: number) {
    this.#ms = guessMs;
  }

  get ms(): number {
    return Math.ceil(this.#ms);
  }

  /**
   * Half of what was known stays: one measurement may have met a pause of the service's own.
   *
   * @param measuredMs undefined when it could not be told apart
   */
  learn(measuredMs: number | undefined): void {
    if (measuredMs !== undefined) this.#ms = (this.#ms + measuredMs) / 2;
  }
}
