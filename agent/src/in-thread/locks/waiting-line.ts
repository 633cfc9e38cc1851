/**
 * Those who wait for one lock: the time of all of them is charged to whoever has it while it goes by, so that one who has it
 * for long before many shows as what it costs. As in Go's mutex profile: at each giving back, what has gone by since the
 * one before. Costs the same however many wait.
 *
 * @see https://github.com/golang/go/blob/master/src/runtime/sema.go (semrelease1)
 */
export class WaitingLine {
  #waiters: number;
  /** The sum of the times from which on their waiting is not charged yet. */
  #fromMs: number;
  /** When all of it was charged last. */
  #chargedMs: number;

  /** @param waiters who wait already; what they have waited before is not charged to anybody */
  constructor(waiters: number, nowMs: number) {
    this.#waiters = waiters;
    this.#fromMs = waiters * nowMs;
    this.#chargedMs = nowMs;
  }

  join(nowMs: number): void {
    this.#waiters += 1;
    this.#fromMs += nowMs;
  }

  /** The waiting of all that was not charged yet, in milliseconds. */
  charge(nowMs: number): number {
    const waitedMs = this.#waiters * nowMs - this.#fromMs;
    this.#fromMs = this.#waiters * nowMs;
    this.#chargedMs = nowMs;
    return waitedMs;
  }

  /** The waiting of one who came at that time and leaves now, as far as it was not charged yet. */
  leave(sinceMs: number, nowMs: number): number {
    const fromMs = Math.max(sinceMs, this.#chargedMs);
    this.#waiters -= 1;
    this.#fromMs -= fromMs;
    return nowMs - fromMs;
  }
}
