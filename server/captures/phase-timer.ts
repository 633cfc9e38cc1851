import type { CaptureState } from '../http/contract/index.ts';
import { isFinal, type ProgressState, progressOf } from './capture-state.ts';

export interface PhaseTimerOptions {
  /** How long this phase may last. */
  limitMs(phase: ProgressState): number;
  onOverdue(phase: ProgressState): void;
}

/** Ends a phase that lasts too long. The time of an interruption does not count. */
export class PhaseTimer {
  readonly #options: PhaseTimerOptions;
  #phase: ProgressState | undefined;
  #remainingMs = 0;
  #startedAt = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: PhaseTimerOptions) {
    this.#options = options;
  }

  /** To be told of every state. */
  follow(status: CaptureState): void {
    const phase = progressOf(status);
    if (phase !== this.#phase) {
      this.#pause();
      this.#phase = phase;
      this.#remainingMs = phase ? this.#options.limitMs(phase) : 0;
    }
    if (!phase || status.state === 'interrupted' || isFinal(status)) this.#pause();
    else this.#run(phase);
  }

  stop(): void {
    this.#pause();
  }

  #run(phase: ProgressState): void {
    if (this.#timer) return;
    this.#startedAt = performance.now();
    this.#timer = setTimeout(() => this.#options.onOverdue(phase), this.#remainingMs);
  }

  #pause(): void {
    if (!this.#timer) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#remainingMs -= performance.now() - this.#startedAt;
  }
}
