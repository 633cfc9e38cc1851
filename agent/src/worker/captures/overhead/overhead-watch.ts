import type { ThreadDirectory } from '../../inspector/thread-directory.ts';
import type { MainThreadPulse } from '../../vitals/main-thread-pulse.ts';
import { ownBytesOf } from '../../vitals/recent-past.ts';
import type { VitalsClock, VitalsReading } from '../../vitals/vitals-clock.ts';
import type { RecorderCostFacts } from '../capture-method.ts';
import type { Budget } from './budget.ts';
import { CpuEvidence, memoryExcess, pauseExcess, pauseLimitMs, ShareEvidence } from './excess.ts';
import { GrowthBesideOwn } from './growth-beside-own.ts';
import { PauseTally } from './pause-tally.ts';
import { WorkerThreadWatch, watchMainThread } from './pause-watch.ts';
import { RecorderThreads } from './recorder-threads.ts';

export interface WatchOrder {
  captureId: string;
  threadId: string;
  budget: Budget;
  /** What the agent's thread works for at the moment: each pays its part of it. */
  countSharers(): number;
}

/** Undefined is what was not, or cannot be, measured. */
export interface OverheadFacts {
  memoryGrowthBytes: number;
  worstPauseMs: number | undefined;
  usualPauseMs: number | undefined;
  recorderCpuCores: number | undefined;
  threadShare: number | undefined;
}

interface Parts {
  pulse: MainThreadPulse;
  vitals: VitalsClock;
  threads: ThreadDirectory;
}

const readEveryMs = 1_000;
/** The processor time of less is too little to be told apart from the start's. */
const shortestMs = 200;
/** A main thread that has been silent for so long is not asked whether it is stuck: it is. */
const stuckAfterMs = 300;

/**
 * Measures what one capture costs, from its order to its end, and says once when that is more than it may. Pauses and
 * processor time count from `begin` to `end`: what the start costs is announced, what the end costs cannot be saved.
 */
export class OverheadWatch {
  /** Called once, with a sentence. */
  exceeded: (reason: string) => void = () => {};
  /** Called when the recorded thread ends meanwhile. */
  threadEnded: () => void = () => {};
  /** The thread did not answer when recording began: its pauses are its own. */
  wasUnresponsive = false;

  readonly #order: WatchOrder;
  readonly #parts: Parts;
  readonly #recorders = new RecorderThreads();
  readonly #cpuEvidence = new CpuEvidence();
  readonly #shareEvidence = new ShareEvidence();
  readonly #disturbance: Disposable;
  readonly #vitals: Disposable;
  readonly #usualMs: number | undefined;
  readonly #orderedAtMs = Date.now();
  readonly #rssBefore = process.memoryUsage.rss();
  readonly #growth: GrowthBesideOwn;
  #tally: PauseTally | undefined;
  #pauses: Disposable | undefined;
  #timer: NodeJS.Timeout | undefined;
  #times = this.#recorders.read();
  #sinceMs = performance.now();
  #cpuMs = 0;
  #cores: number | undefined;
  #child = { peakBytes: 0, cpuMs: 0 };
  #threadShare: number | undefined;
  #grownBytes = 0;
  #phase: 'before' | 'recording' | 'over' = 'before';
  #hasExceeded = false;

  constructor(order: WatchOrder, parts: Parts) {
    this.#order = order;
    this.#parts = parts;
    const { past } = parts.vitals;
    const isMain = order.threadId === 'main';
    this.#usualMs = isMain ? past.worstPauseMs : undefined;
    this.wasUnresponsive = isMain && parts.pulse.silentForMs > stuckAfterMs;
    this.#growth = new GrowthBesideOwn(past.mostRssBytes ?? this.#rssBefore, past.mostOwnBytes);
    this.#disturbance = past.disturb();
    this.#vitals = parts.vitals.subscribe((reading) => this.#takeVitals(reading));
  }

  /** The recorder runs. */
  begin(): void {
    if (this.#phase !== 'before') return;
    this.#phase = 'recording';
    this.#countCpu();
    this.#sinceMs = performance.now();
    this.#cpuMs = this.#child.cpuMs;
    this.#timer = setInterval(() => this.#look(), readEveryMs);
    this.#pauses = this.#watchPauses();
  }

  spent({ threadShare, childMemoryBytes, childCpuMs }: RecorderCostFacts): void {
    if (childCpuMs !== undefined) {
      this.#cpuMs += Math.max(0, childCpuMs - this.#child.cpuMs);
      this.#child.cpuMs = childCpuMs;
    }
    if (childMemoryBytes !== undefined) {
      this.#child.peakBytes = Math.max(this.#child.peakBytes, childMemoryBytes);
      this.#judge(memoryExcess(this.#order.budget, childMemoryBytes, "The recorder's child took"));
    }
    if (threadShare === undefined) return;
    this.#threadShare = threadShare;
    this.#judge(this.#shareEvidence.take(this.#order.budget, performance.now(), threadShare));
  }

  /** The recorder is about to end. */
  end(): void {
    if (this.#phase !== 'recording') return;
    this.#look();
    this.#phase = 'over';
    clearInterval(this.#timer);
    this.#pauses?.[Symbol.dispose]();
  }

  /** All is over; the numbers stay as they are. */
  close(): void {
    this.end();
    this.#noteGrowth();
    this.#phase = 'over';
    this.#vitals[Symbol.dispose]();
    this.#disturbance[Symbol.dispose]();
  }

  get facts(): OverheadFacts {
    if (this.#phase !== 'over') this.#noteGrowth();
    return {
      memoryGrowthBytes: Math.max(this.#grownBytes, this.#child.peakBytes),
      worstPauseMs: this.#tally?.longestMs,
      usualPauseMs: this.#usualMs,
      recorderCpuCores: this.#cores,
      threadShare: this.#threadShare,
    };
  }

  #watchPauses(): Disposable {
    const { captureId, threadId, budget } = this.#order;
    const { pulse, threads } = this.#parts;
    const tally = new PauseTally(pauseLimitMs(budget, this.#usualMs));
    tally.changed = () => this.#judge(this.#pauseExcess(budget, tally));
    this.#tally = tally;
    return threadId === 'main'
      ? watchMainThread(pulse, tally)
      : new WorkerThreadWatch(threads, threadId, captureId, tally, () => this.threadEnded());
  }

  #pauseExcess(budget: Budget, tally: PauseTally): string | undefined {
    return this.wasUnresponsive ? undefined : pauseExcess(budget, tally, this.#usualMs);
  }

  #look(): void {
    if (!this.#countCpu()) return;
    const nowMs = performance.now();
    const elapsedMs = nowMs - this.#sinceMs;
    if (elapsedMs >= shortestMs) this.#cores = this.#cpuMs / elapsedMs;
    this.#judge(this.#cpuEvidence.take(this.#order.budget, nowMs, this.#cpuMs));
  }

  /** Adds what the recorder's threads have taken since the last time. False when that cannot be measured. */
  #countCpu(): boolean {
    const last = this.#times;
    const times = this.#recorders.read();
    if (!times || !last) return false;
    this.#times = times;
    const agentMs = (times.agentMs - last.agentMs) / Math.max(1, this.#order.countSharers());
    this.#cpuMs += agentMs + times.enginesMs - last.enginesMs;
    return true;
  }

  #takeVitals(reading: VitalsReading): void {
    // The first may be one that others have got already.
    if (reading.atMs < this.#orderedAtMs) return;
    const { budget } = this.#order;
    const { rssBytes } = reading.process;
    if (budget.asked.has('memoryBytes')) {
      this.#judge(memoryExcess(budget, rssBytes - this.#rssBefore, 'The process grew by'));
      return;
    }
    const ownBytes = ownBytesOf(reading);
    if (ownBytes === undefined) return;
    const grownBytes = this.#growth.take(rssBytes, ownBytes);
    this.#judge(memoryExcess(budget, grownBytes, 'The process grew, beside its own objects, by'));
  }

  #noteGrowth(): void {
    this.#grownBytes = process.memoryUsage.rss() - this.#rssBefore;
  }

  #judge(reason: string | undefined): void {
    if (reason === undefined || this.#phase === 'over' || this.#hasExceeded) return;
    this.#hasExceeded = true;
    this.exceeded(reason);
  }
}
