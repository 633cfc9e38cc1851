import { performance } from 'node:perf_hooks';

const measureEvery = 64;
const looks = 16;

/** How much of the thread's time goes into recording, by its own clock: what is rare is measured, what is frequent sampled. */
export class HookClock {
  readonly #sinceMs = performance.now();
  /** What looking at the clock takes by itself, which is more than most calls. */
  readonly #lookMs = quickestLook();
  #rareMs = 0;
  #frequentMs = 0;
  #calls = 0;

  /** Part of the time since the start, 0 to 1. */
  get share(): number {
    return (this.#rareMs + this.#frequentMs * measureEvery) / Math.max(1, performance.now() - this.#sinceMs);
  }

  /** To be asked at each frequent call: when it began, or 0 when this one is not measured. */
  enter(): number {
    this.#calls += 1;
    return this.#calls % measureEvery === 0 ? performance.now() : 0;
  }

  leave(enteredMs: number): void {
    if (enteredMs !== 0) this.#frequentMs += Math.max(0, performance.now() - enteredMs - this.#lookMs);
  }

  /** What was measured elsewhere. */
  add(ms: number): void {
    this.#rareMs += ms;
  }
}

function quickestLook(): number {
  const tries = Array.from({ length: looks }, () => {
    const beforeMs = performance.now();
    return performance.now() - beforeMs;
  });
  return Math.min(...tries);
}
