import { type CaptureState, KINDS_WITHOUT_DURATION } from '../http/contract/index.ts';
import { CaptureFailure } from './capture-failure.ts';
import { isFinal, type ProgressState, progressOf } from './capture-state.ts';
import type { CaptureTimes } from './capture-times.ts';
import type { LiveCapture } from './live-capture.ts';

/**
 * Ends a phase that lasts too long, and an interruption that nobody comes back from. The time of an
 * interruption does not count for the phase that it interrupts.
 */
export class Patience {
  readonly #live: LiveCapture;
  readonly #times: CaptureTimes;
  readonly #giveUp: (failure: CaptureFailure) => void;
  #phase: ProgressState | undefined;
  #phaseTimer: NodeJS.Timeout | undefined;
  #phaseStartedAt = 0;
  #remainingMs = 0;
  #interruptionTimer: NodeJS.Timeout | undefined;

  constructor(live: LiveCapture, times: CaptureTimes, giveUp: (failure: CaptureFailure) => void) {
    this.#live = live;
    this.#times = times;
    this.#giveUp = giveUp;
  }

  /** To be called at every change of state. */
  follow(): void {
    const { status } = this.#live;
    this.#followPhase(status);
    if (status.state !== 'interrupted') this.#endInterruption();
    else this.#interruptionTimer ??= this.#waitForReturn(status.reason);
  }

  stop(): void {
    this.#pausePhase();
    this.#endInterruption();
  }

  #followPhase(status: CaptureState): void {
    const phase = progressOf(status);
    if (phase !== this.#phase) {
      this.#pausePhase();
      this.#phase = phase;
      this.#remainingMs = phase ? this.#limitMs(phase) : 0;
    }
    if (!phase || status.state === 'interrupted' || isFinal(status)) this.#pausePhase();
    else this.#runPhase(phase);
  }

  #runPhase(phase: ProgressState): void {
    if (this.#phaseTimer) return;
    this.#phaseStartedAt = performance.now();
    const overdue = new CaptureFailure('agent-overdue', overdueSentences[phase]);
    this.#phaseTimer = setTimeout(() => this.#giveUp(overdue), this.#remainingMs);
  }

  #pausePhase(): void {
    if (!this.#phaseTimer) return;
    clearTimeout(this.#phaseTimer);
    this.#phaseTimer = undefined;
    this.#remainingMs -= performance.now() - this.#phaseStartedAt;
  }

  #waitForReturn(reason: string): NodeJS.Timeout {
    const time = `${Math.round(this.#times.giveUpMs / 1000)} s`;
    const lost = new CaptureFailure(
      'instance-lost',
      `The instance did not come back within ${time}. ${reason}`,
    );
    return setTimeout(() => this.#giveUp(lost), this.#times.giveUpMs);
  }

  #endInterruption(): void {
    clearTimeout(this.#interruptionTimer);
    this.#interruptionTimer = undefined;
  }

  #limitMs(phase: ProgressState): number {
    const times = this.#times;
    switch (phase) {
      case 'starting':
        return times.startingMs;
      case 'waiting':
        return times.waitingMs;
      case 'recording':
        return this.#live.facts.durationSeconds * 1000 + times.recordingGraceMs;
      case 'writing':
        return KINDS_WITHOUT_DURATION.includes(this.#live.facts.kind)
          ? times.wholeWritingMs
          : times.writingMs;
      case 'transferring': {
        const sizeBytes = this.#live.announced?.sizeBytes ?? 0;
        return times.transferMs + (sizeBytes / times.slowestBytesPerSecond) * 1000;
      }
    }
  }
}

const overdueSentences: Record<ProgressState, string> = {
  starting: 'The agent accepted the capture and never began it.',
  waiting: 'The thread was in a native call for so long that waiting was given up.',
  recording: 'The agent went on recording long after the duration was over.',
  writing: 'The agent did not finish writing the artifact.',
  transferring: 'The agent sent the artifact too slowly.',
};
