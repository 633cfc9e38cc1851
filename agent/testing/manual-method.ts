import { CaptureKind } from '../../proto/gen/opscenter/v1/capture_pb.ts';
import type { CaptureMethod, Record, RecordedData } from '../src/worker/captures/capture-method.ts';

/** A kind of capture whose recorder does what the test says: a real capture needs a thread that can be steered. */
export class ManualMethod implements CaptureMethod {
  readonly kind = CaptureKind.CPU;
  readonly name = 'cpu';
  readonly mediaType = 'text/plain';
  /** How often a recorder was started. */
  started = 0;
  /** The recorder ends as soon as it is told to. */
  data: RecordedData = { recordedMs: 5, pieces: ['recorded'] };
  #answer: (() => void) | undefined;
  #answered: Promise<void> = Promise.resolve();

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
      await this.#answered;
      recording.discarded.throwIfAborted();
      await recording.began({ threadUnresponsive: false, startPauseMs: 1, mostDurationMs: 2_000 });
      recording.discarded.throwIfAborted();
      recording.ended(1);
      return this.data;
    };
  }
}
