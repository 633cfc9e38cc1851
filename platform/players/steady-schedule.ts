import { between, type Random } from '../random.ts';

export interface SteadyScheduleOptions {
  perMinute: number;
  random: Random;
  act(): void;
}

/** Part of the interval by which an occasion may be early or late. */
const JITTER = 0.3;

/**
 * Acts so many times a minute. Each occasion is set from the beginning and not from the one before, so that jitter
 * does not add up; occasions missed while the process stood still are left out, not made up for.
 */
export class SteadySchedule {
  readonly #options: SteadyScheduleOptions;
  #intervalMs = 0;
  #startedAt = 0;
  #next = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: SteadyScheduleOptions) {
    this.#options = options;
    this.setRate(options.perMinute);
  }

  /** 0 rests. */
  setRate(perMinute: number): void {
    this.stop();
    if (perMinute <= 0) return;
    this.#intervalMs = 60_000 / perMinute;
    this.#startedAt = performance.now();
    this.#next = 0;
    this.#plan();
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #plan(): void {
    const elapsed = performance.now() - this.#startedAt;
    this.#next = Math.max(this.#next + 1, Math.floor(elapsed / this.#intervalMs));
    const jitter = between(this.#options.random, -JITTER, JITTER);
    const dueMs = (this.#next + jitter) * this.#intervalMs;
    this.#timer = setTimeout(
      () => {
        this.#plan();
        this.#options.act();
      },
      Math.max(0, dueMs - elapsed),
    );
  }
}
