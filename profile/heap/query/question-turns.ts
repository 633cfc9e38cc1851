import type { Steps } from '../analysis/steps.ts';

/** Without a stop for whoever else there is. */
const SLICE_MS = 20;
/** So many are under way, for each holds memory; others wait until one of them is done. */
const MOST_UNDER_WAY = 6;

interface Run {
  readonly steps: Steps<unknown>;
  spentMs: number;
  resolve(result: unknown): void;
  reject(error: unknown): void;
}

export interface TurnOptions {
  /** Calls it once whatever came meanwhile has been heeded: a new question, or that somebody has gone. */
  later(run: () => void): void;
  readonly sliceMs?: number;
  now?(): number;
}

/**
 * Has questions answered in turns: of two turns one is for the question that has had the least, so that a short one is answered in
 * a moment, and one for the oldest, so that each comes to an end however many new ones there are.
 */
export class QuestionTurns {
  readonly #later: TurnOptions['later'];
  readonly #sliceMs: number;
  readonly #now: () => number;
  readonly #runs: Run[] = [];
  #isScheduled = false;
  #isOldestNext = false;

  constructor({ later, sliceMs = SLICE_MS, now = () => performance.now() }: TurnOptions) {
    this.#later = later;
    this.#sliceMs = sliceMs;
    this.#now = now;
  }

  /** @throws whatever the steps throw, and the signal's reason: then no further step is done */
  run<Result>(steps: Steps<Result>, signal: AbortSignal): Promise<Result> {
    return new Promise<Result>((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason);
      const run: Run = { steps, spentMs: 0, resolve: (result) => resolve(result as Result), reject };
      const end = () => {
        this.#end(run);
        steps.return(undefined as never);
        reject(signal.reason);
      };
      signal.addEventListener('abort', end, { once: true });
      this.#runs.push(run);
      this.#schedule();
    });
  }

  #schedule(): void {
    if (this.#isScheduled || this.#runs.length === 0) return;
    this.#isScheduled = true;
    this.#later(() => {
      this.#isScheduled = false;
      const run = this.#choose();
      if (run !== undefined) this.#goOn(run);
      this.#schedule();
    });
  }

  #choose(): Run | undefined {
    const underWay = this.#runs.filter(({ spentMs }) => spentMs > 0).length;
    const ready = this.#runs.filter(({ spentMs }) => spentMs > 0 || underWay < MOST_UNDER_WAY);
    this.#isOldestNext = !this.#isOldestNext;
    if (this.#isOldestNext) return ready[0];
    return ready.reduce((least, run) => (run.spentMs < least.spentMs ? run : least), ready[0] as Run);
  }

  #goOn(run: Run): void {
    const beganAt = this.#now();
    try {
      for (;;) {
        const step = run.steps.next();
        const sliceMs = this.#now() - beganAt;
        if (step.done) {
          this.#end(run);
          run.resolve(step.value);
          return;
        }
        if (sliceMs < this.#sliceMs) continue;
        run.spentMs += Math.max(sliceMs, Number.MIN_VALUE);
        return;
      }
    } catch (error) {
      this.#end(run);
      run.reject(error);
    }
  }

  #end(run: Run): void {
    const at = this.#runs.indexOf(run);
    if (at >= 0) this.#runs.splice(at, 1);
  }
}
