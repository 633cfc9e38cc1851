import { setTimeout as sleep } from 'node:timers/promises';
import { Child } from './child.mjs';

const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 10_000;
const STEADY_MS = 30_000;

/**
 * Keeps a program running: starts it again when it ends unasked, with growing pauses. One that ends before it has been
 * ready for the first time is not tried again: whoever started it is to know why.
 */
export class Keeper {
  #options;
  #stopping = new AbortController();
  #child;
  #supervision;

  /**
   * @param {object} options
   * @param {(attempt: number) => Child} options.start Starts the program; attempt counts from 0.
   * @param {(child: Child) => Promise<void>} options.whenReady Resolves when the program does its work.
   * @param {(ended: { code: number | null, signal: string | null }) => boolean} options.isWanted
   *   Whether a program that ended so has been told to end by somebody else.
   * @param {(ended: { code: number | null, signal: string | null }) => void} options.onRestart
   */
  constructor(options) {
    this.#options = options;
  }

  /** Resolves when the program is ready. Rejects with how it ended when it ended before. */
  async start() {
    this.#child = this.#options.start(0);
    await Promise.race([
      this.#options.whenReady(this.#child),
      this.#child.ended.then((ended) => Promise.reject(ended)),
    ]);
    this.#supervision = this.#supervise();
  }

  async stop(graceMs) {
    this.#stopping.abort();
    await this.#child?.stop(graceMs);
    await this.#supervision;
  }

  killGroup() {
    this.#stopping.abort();
    this.#child?.killGroup();
  }

  async #supervise() {
    const { signal } = this.#stopping;
    let delayMs = FIRST_DELAY_MS;
    for (let attempt = 1; ; attempt++) {
      const startedAt = Date.now();
      const ended = await this.#child.ended;
      // What the program had started ends with it, or the next one finds its ports taken.
      this.#child.killGroup();
      if (signal.aborted || this.#options.isWanted(ended)) return;
      this.#options.onRestart(ended);
      if (Date.now() - startedAt > STEADY_MS) delayMs = FIRST_DELAY_MS;
      await sleep(delayMs, undefined, { signal }).catch(() => {});
      delayMs = Math.min(delayMs * 2, LONGEST_DELAY_MS);
      if (signal.aborted) return;
      this.#child = this.#options.start(attempt);
    }
  }
}
