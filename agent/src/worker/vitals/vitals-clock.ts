import { type MainThreadNumbers, PulseBoard } from '../../pulse-board.ts';
import type { ResourceReading } from '../../thread-contract.ts';
import { within } from '../within.ts';
import type { MainThreadPulse, PulseAnswer } from './main-thread-pulse.ts';
import { ProcessGauge, type ProcessNumbers } from './process-gauge.ts';
import { RecentPast } from './recent-past.ts';
import type { Responsiveness, ResponsivenessWatch } from './responsiveness.ts';

/** What was measured in one second. */
export interface VitalsReading {
  atMs: number;
  responsiveness: Responsiveness;
  /** Undefined while the main thread does not answer: old numbers are not shown again. */
  mainThread:
    | (MainThreadNumbers & { gcCountInLastSecond: number; gcPauseMsInLastSecond: number })
    | undefined;
  process: ProcessNumbers;
  /** The last that the service told. */
  resources: ResourceReading[];
}

/**
 * A question to the main thread that may stay open for hours: waiting for it again and again must not pile up on one
 * promise.
 */
class OpenQuestion {
  readonly askedAtMs = performance.now();
  #answer: PulseAnswer | undefined;
  #wake: (() => void) | undefined;

  constructor(pulse: MainThreadPulse) {
    void pulse.ask(true).then((answer) => {
      this.#answer = answer;
      this.#wake?.();
    });
  }

  async answerWithin(limitMs: number): Promise<PulseAnswer | undefined> {
    if (!this.#answer) {
      await within(
        limitMs,
        new Promise<void>((resolve) => {
          this.#wake = resolve;
        }),
      );
    }
    return this.#answer;
  }
}

const periodMs = 1_000;
/** How long a second's numbers wait for the main thread. */
const patienceMs = 200;
const secondPatienceMs = 20;

/** Measures once a second while somebody listens, and nothing while nobody does. */
export class VitalsClock implements Disposable {
  readonly past = new RecentPast();
  readonly #pulse: MainThreadPulse;
  readonly #watch: ResponsivenessWatch;
  readonly #board: PulseBoard;
  readonly #observe: (observed: boolean) => void;
  readonly #listeners = new Set<(reading: VitalsReading) => void>();
  #process: ProcessGauge | undefined;
  #timer: NodeJS.Timeout | undefined;
  #open: OpenQuestion | undefined;
  #collections: { atMs: number; count: number; pauseMs: number } | undefined;
  #resources: ResourceReading[] = [];
  #measuring = false;
  #last: VitalsReading | undefined;

  constructor(
    pulse: MainThreadPulse,
    watch: ResponsivenessWatch,
    pulseMemory: SharedArrayBuffer,
    observe: (observed: boolean) => void,
  ) {
    this.#pulse = pulse;
    this.#watch = watch;
    this.#board = new PulseBoard(pulseMemory);
    this.#observe = observe;
  }

  /** The first reading comes at once. */
  subscribe(listener: (reading: VitalsReading) => void): Disposable {
    this.#listeners.add(listener);
    if (this.#timer === undefined) this.#start();
    else if (this.#last) listener(this.#last);
    return {
      [Symbol.dispose]: () => {
        if (this.#listeners.delete(listener) && this.#listeners.size === 0) this.#stop();
      },
    };
  }

  [Symbol.dispose](): void {
    this.#listeners.clear();
    this.#stop();
  }

  #start(): void {
    this.#process = new ProcessGauge();
    this.#collections = undefined;
    this.#last = undefined;
    this.#observe(true);
    this.#timer = setInterval(() => void this.#measure(), periodMs);
    void this.#measure();
  }

  #stop(): void {
    if (this.#timer === undefined) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#observe(false);
    this.#process?.[Symbol.dispose]();
    this.#process = undefined;
  }

  async #measure(): Promise<void> {
    if (this.#measuring) return;
    this.#measuring = true;
    try {
      const reading = await this.#read();
      this.#last = reading;
      if (reading) this.past.take(reading);
      if (reading) for (const listener of [...this.#listeners]) listener(reading);
    } finally {
      this.#measuring = false;
    }
  }

  async #read(): Promise<VitalsReading | undefined> {
    this.#open ??= new OpenQuestion(this.#pulse);
    const question = this.#open;
    let answered = await question.answerWithin(patienceMs);
    let responsiveness: Responsiveness | undefined;
    if (!answered) {
      responsiveness = await this.#watch.silent(question.askedAtMs);
      // A native call that ends while the thread is looked at would be taken for JavaScript.
      answered = await question.answerWithin(secondPatienceMs);
    }
    if (answered) responsiveness = this.#watch.answered(answered.roundTripMs);
    if (answered) {
      this.#open = undefined;
      this.#resources = answered.resources ?? [];
    }
    if (!this.#process || !responsiveness) return undefined;
    return {
      atMs: Date.now(),
      responsiveness,
      mainThread: answered ? this.#readMainThread() : undefined,
      process: this.#process.read(),
      resources: this.#resources,
    };
  }

  #readMainThread(): VitalsReading['mainThread'] {
    const numbers = this.#board.read();
    const last = this.#collections;
    const now = { atMs: performance.now(), count: numbers.gcCount, pauseMs: numbers.gcPauseMs };
    this.#collections = now;
    // After a silence the difference is of more than a second, and the main thread may have begun to count anew.
    const isOfOneSecond =
      last !== undefined && now.atMs - last.atMs < 1.5 * periodMs && now.count >= last.count;
    return {
      ...numbers,
      eventLoopUtilization: this.#pulse.sampled.take() ? Number.NaN : numbers.eventLoopUtilization,
      gcCountInLastSecond: isOfOneSecond ? now.count - last.count : Number.NaN,
      gcPauseMsInLastSecond: isOfOneSecond ? now.pauseMs - last.pauseMs : Number.NaN,
    };
  }
}
