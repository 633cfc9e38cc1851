const hourMs = 3_600_000;

/** How often the agent's thread may be started again: five times an hour, a little later each time. */
export class RestartBudget {
  readonly #most: number;
  readonly #now: () => number;
  #restartsAtMs: number[] = [];

  constructor(now: () => number = Date.now, most = 5) {
    this.#now = now;
    this.#most = most;
  }

  /** Books a restart and says in how many milliseconds it may happen. */
  book(): number {
    const nowMs = this.#now();
    this.#restartsAtMs = this.#restartsAtMs.filter((atMs) => nowMs - atMs < hourMs);
    const oldest = this.#restartsAtMs[0];
    const used = this.#restartsAtMs.length;
    const delayMs =
      used >= this.#most && oldest !== undefined
        ? oldest + hourMs - nowMs
        : Math.min(500 * 2 ** used, 30_000);
    if (used >= this.#most) this.#restartsAtMs.shift();
    this.#restartsAtMs.push(nowMs + delayMs);
    return delayMs;
  }
}
