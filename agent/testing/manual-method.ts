import { CaptureKind } from '../../proto/gen/opscenter/v1/capture_pb.ts';
import type {
  CaptureMethod,
  Record,
  RecordedData,
  Recording,
} from '../src/worker/captures/capture-method.ts';

/** A kind of capture whose recorder does what the test says: a real capture needs a thread that can be steered. */
export class ManualMethod implements CaptureMethod {
  readonly kind: CaptureKind;
  readonly name: string;
  readonly mediaType = 'text/plain';
  /** It looks once: what it waits for by `answerStart` comes after it has begun. */
  isComplete = false;
  /** Of the capture that was started last. */
  recording: Recording | undefined;
  /** How often a recorder was started. */
  started = 0;
  /** The recorder ends as soon as it is told to. */
  data: RecordedData = { recordedMs: 5, pieces: ['recorded'] };
  #answer: (() => void) | undefined;
  #answered: Promise<void> = Promise.resolve();

  constructor(kind: CaptureKind = CaptureKind.CPU, name = 'cpu') {
    this.kind = kind;
    this.name = name;
  }

  findCapability() {
    return {
      available: true as const,
      price: { startPauseMs: 1, throughputLoss: 0, memoryBytes: 0, cpuCores: 0, artifactBytes: 0 },
      budget: { pauseMs: 1_000, threadShare: 1, cpuCores: 8, memoryBytes: 2 ** 30 },
    };
  }

  /** From now on a recorder's start waits for `answerStart`. */
  holdStart(): void {
    this.#answered = new Promise((resolve) => {
      this.#answer = resolve;
    });
  }

  answerStart(): void {
    this.#answer?.();
  }

  prepare(): Record {
    return async (recording) => {
      this.started += 1;
      this.recording = recording;
      const start = { threadUnresponsive: false, startPauseMs: 1, mostDurationMs: 2_000 };
      if (this.isComplete) await recording.began({ ...start, isComplete: true });
      await this.#answered;
      recording.discarded.throwIfAborted();
      if (!this.isComplete) await recording.began(start);
      recording.discarded.throwIfAborted();
      recording.ended(1);
      return this.data;
    };
  }
}
