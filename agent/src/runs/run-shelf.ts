const mostHeld = 64;
const mostSpentKeys = 4_096;
const holdMs = 10 * 60_000;

interface Held {
  /** Undefined while it runs. */
  readonly endedAtMs: number | undefined;
}

/**
 * The runs that are held, by their key: those that run, and those that ended within ten minutes. A key that was used
 * stays spent when its run is let go, so that it never runs a second time.
 */
export class RunShelf<Run extends Held> {
  readonly #runs = new Map<string, Run>();
  readonly #spent: Set<string>;
  readonly #now: () => number;

  constructor(spentKeys: readonly string[] = [], now: () => number = Date.now) {
    this.#spent = new Set(spentKeys);
    this.#now = now;
  }

  get spentKeys(): string[] {
    return [...this.#spent];
  }

  find(key: string): Run | undefined {
    this.#sweep();
    return this.#runs.get(key);
  }

  /** Whether a run had this key that is no longer held. */
  isSpent(key: string): boolean {
    return this.#spent.has(key);
  }

  list(): Run[] {
    return [...this.#runs.values()];
  }

  /** Lets go of the one that ended first when there is no room; false when all of them still run. */
  put(key: string, run: Run): boolean {
    this.#sweep();
    if (this.#runs.size >= mostHeld && !this.#letGoOfOldest()) return false;
    this.#runs.set(key, run);
    return true;
  }

  #sweep(): void {
    const limit = this.#now() - holdMs;
    for (const [key, { endedAtMs }] of this.#runs) {
      if (endedAtMs !== undefined && endedAtMs < limit) this.#letGo(key);
    }
  }

  #letGoOfOldest(): boolean {
    const [oldest] = [...this.#runs]
      .filter(([, { endedAtMs }]) => endedAtMs !== undefined)
      .sort(([, one], [, other]) => (one.endedAtMs ?? 0) - (other.endedAtMs ?? 0));
    if (oldest) this.#letGo(oldest[0]);
    return oldest !== undefined;
  }

  #letGo(key: string): void {
    this.#runs.delete(key);
    this.#spent.add(key);
    const [oldest] = this.#spent;
    if (this.#spent.size > mostSpentKeys && oldest !== undefined) this.#spent.delete(oldest);
  }
}
