const windowMs = 50;
/** At most this part of the time that the thread is given goes into following operations. */
const mostShare = 0.02;
/** A burst of operations may take so much at once. */
const mostAtOnceMs = 1;
/** One that seems to have cost more has met something else: cold code, or another thread on this processor. */
const mostForOneMs = 0.1;
const mostEvery = 100_000;
const firstEvery = 1;

/**
 * Which operations are followed: one in so many, at random distances, so that a service that does the same five things
 * over and over is not always met at the same one. Without a rate of its own it follows as many as a fixed part of the
 * thread's time allows: all of them in a calm service.
 */
export class SamplingRate {
  readonly isFixed: boolean;
  readonly #givenMs: () => number;
  #every: number;
  #least: number;
  #most: number;
  #countdown = 1;
  #random: number;
  #windowSinceMs: number;
  #givenBeforeMs: number;
  #spentMs = 0;

  /**
   * @param every 0 to have it follow the load
   * @param givenMs the time that the thread has had so far
   */
  constructor(every: number, nowMs: number, givenMs: () => number) {
    this.isFixed = every > 0;
    this.#givenMs = givenMs;
    this.#every = this.isFixed ? every : firstEvery;
    this.#least = this.#every;
    this.#most = this.#every;
    this.#windowSinceMs = nowMs;
    this.#givenBeforeMs = givenMs();
    this.#random = (nowMs * 1000) | 1;
    this.#draw();
  }

  /** At the moment. */
  get every(): number {
    return this.#every;
  }

  /** The lowest and the highest rate there was. */
  get range(): { least: number; most: number } {
    return { least: this.#least, most: this.#most };
  }

  /** To be asked for each operation: how many this one stands for, 0 when it is not followed. */
  take(): number {
    this.#countdown -= 1;
    if (this.#countdown > 0) return 0;
    const every = this.#every;
    this.#draw();
    return every;
  }

  /** To be told what following one has cost. */
  spent(ms: number, nowMs: number): void {
    if (this.isFixed) return;
    this.#spentMs += Math.min(ms, mostForOneMs);
    if (this.#spentMs <= mostAtOnceMs && nowMs - this.#windowSinceMs < windowMs) return;
    const givenMs = this.#givenMs() - this.#givenBeforeMs;
    const allowedMs = givenMs * mostShare;
    if (this.#spentMs > allowedMs) this.#change(this.#every * 2, nowMs);
    else if (givenMs < windowMs) return;
    else this.#change(this.#spentMs < allowedMs / 3 ? Math.floor(this.#every / 2) : this.#every, nowMs);
  }

  #change(every: number, nowMs: number): void {
    this.#every = Math.min(mostEvery, Math.max(1, every));
    this.#least = Math.min(this.#least, this.#every);
    this.#most = Math.max(this.#most, this.#every);
    this.#windowSinceMs = nowMs;
    this.#givenBeforeMs = this.#givenMs();
    this.#spentMs = 0;
  }

  /**
   * 1 to 2 × every − 1, alike: on average every. By a generator of its own, for the service's `Math.random` may be one
   * that repeats a game.
   */
  #draw(): void {
    this.#random ^= this.#random << 13;
    this.#random ^= this.#random >>> 17;
    this.#random ^= this.#random << 5;
    this.#countdown = 1 + ((this.#random >>> 0) % (2 * this.#every - 1));
  }
}
