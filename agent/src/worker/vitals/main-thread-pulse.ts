import type { ResourceReading, ToHost, ToWorker } from '../../thread-contract.ts';
import { within } from '../within.ts';
import { SampledTimes } from './sampled-times.ts';

export interface PulseAnswer {
  roundTripMs: number;
  /** Present when the numbers were asked for too. */
  resources: ResourceReading[] | undefined;
}

interface Question {
  askedAtNanos: bigint;
  resolve(answer: PulseAnswer): void;
}

/**
 * Asks the main thread for a sign of life. The answer's time is taken on the main thread with the clock that both
 * share, so that work on this thread does not look like a pause of the other.
 */
export class MainThreadPulse {
  /** Told by whoever samples the main thread. */
  readonly sampled = new SampledTimes();
  readonly #post: (message: ToHost) => void;
  readonly #open = new Map<number, Question>();
  #sequence = 0;

  constructor(post: (message: ToHost) => void) {
    this.#post = post;
  }

  /** Resolves when the main thread answers, which may be never. */
  ask(read: boolean): Promise<PulseAnswer> {
    this.#sequence += 1;
    const sequence = this.#sequence;
    return new Promise((resolve) => {
      this.#open.set(sequence, { askedAtNanos: process.hrtime.bigint(), resolve });
      this.#post({ type: 'ping', sequence, read });
    });
  }

  hear(pong: Extract<ToWorker, { type: 'pong' }>): void {
    const question = this.#open.get(pong.sequence);
    if (!question) return;
    this.#open.delete(pong.sequence);
    const roundTripMs = Math.max(0, Number(pong.atNanos - question.askedAtNanos) / 1e6);
    question.resolve({ roundTripMs, resources: pong.resources });
  }

  /** How long the oldest question is open; 0 when none is. */
  get silentForMs(): number {
    const [oldest] = this.#open.values();
    return oldest ? Number(process.hrtime.bigint() - oldest.askedAtNanos) / 1e6 : 0;
  }

  /** Sees to it that a question is open, so that a silence shows. */
  keepAsking(): void {
    if (this.#open.size === 0) void this.ask(false);
  }

  /** Whether the main thread answers within the time. */
  async answersWithin(limitMs: number): Promise<boolean> {
    return (await within(limitMs, this.ask(false))) !== undefined;
  }

  /**
   * The longest time the main thread did not answer while the work went on, in milliseconds. Ends with an answer
   * that was asked for after the work, so that a pause at its very end counts.
   */
  async longestSilenceDuring(work: Promise<unknown>): Promise<number> {
    let done = false;
    const settle = () => {
      done = true;
    };
    work.then(settle, settle);
    let longestMs = 0;
    for (;;) {
      const last = done;
      longestMs = Math.max(longestMs, (await this.ask(false)).roundTripMs);
      if (last) return longestMs;
      await new Promise((resolve) => setTimeout(resolve, 4));
    }
  }
}
