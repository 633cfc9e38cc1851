const WINDOW_SECONDS = 60;

/** Counts events of the last 60 s in one slot per second. */
export class RateMeter {
  readonly #counts = new Uint32Array(WINDOW_SECONDS);
  readonly #seconds = new Float64Array(WINDOW_SECONDS);
  readonly #now: () => number;
  #total = 0;

  /** @param now epoch milliseconds. */
  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  add(): void {
    const second = Math.floor(this.#now() / 1000);
    const slot = second % WINDOW_SECONDS;
    if (this.#seconds[slot] !== second) {
      this.#seconds[slot] = second;
      this.#counts[slot] = 0;
    }
    this.#counts[slot] = (this.#counts[slot] ?? 0) + 1;
    this.#total++;
  }

  /** Events within the last 60 s. */
  get perMinute(): number {
    const oldest = Math.floor(this.#now() / 1000) - WINDOW_SECONDS;
    let sum = 0;
    for (let slot = 0; slot < WINDOW_SECONDS; slot++) {
      if ((this.#seconds[slot] ?? 0) > oldest) sum += this.#counts[slot] ?? 0;
    }
    return sum;
  }

  get total(): number {
    return this.#total;
  }
}
