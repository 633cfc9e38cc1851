import type {
  CaptureKind,
  CollectPerformanceDataRequest,
} from '../../../../proto/gen/opscenter/v1/capture_pb.ts';

/**
 * How one kind of capture is recorded: one file per kind beside this one, listed in `capture-methods.ts`.
 */
export interface CaptureMethod {
  readonly kind: CaptureKind;
  /** The kind in words: "cpu". */
  readonly name: string;
  readonly mediaType: string;
  /** What it is expected to cost here, or why it does not work here, by what is known of the process. */
  findCapability(): CaptureCapabilityFacts;
  /** Looks again at what the price depends on, where that changes. Never throws; is not waited for when it takes long. */
  look?(): Promise<void>;
  /**
   * Checks the request's options.
   *
   * @throws {InvalidRequest}
   */
  prepare(request: CollectPerformanceDataRequest): Record;
}

export type CaptureCapabilityFacts =
  | {
      available: true;
      price: CapturePriceFacts;
      budget: CaptureBudgetFacts;
      /** Why only the main thread can be recorded, in a sentence; left out when worker threads can be too. */
      mainThreadOnlyReason?: string;
      /** It stops the thread: a sentence to be agreed to by a person. */
      needsConsent?: string;
      /** What people should know of it here, in sentences. */
      remarks?: readonly string[];
    }
  | {
      available: false;
      reason: string;
      /** The kind that answers much the same question here. */
      instead?: CaptureKind;
    };

export interface CapturePriceFacts {
  startPauseMs: number;
  /** At the end; none worth a word when left out. */
  endPauseMs?: number;
  /** Part of the thread's throughput, 0 to 1. */
  throughputLoss: number;
  memoryBytes: number;
  /** Processor time beside the thread, in cores. */
  cpuCores: number;
  /** 0 when it cannot be told. */
  artifactBytes: number;
}

/** Beyond any of these a capture ends by itself and keeps what it has, see `overhead/`. */
export interface CaptureBudgetFacts {
  /** Beyond what the thread did before; start and end do not count. */
  pauseMs: number;
  /** Part of the thread's own time that the recorder takes, 0 to 1. */
  threadShare: number;
  /** Processor time of the recorder beside the thread, in cores. */
  cpuCores: number;
  /** Growth of the process, and of the recorder's child. */
  memoryBytes: number;
}

/**
 * Records once. Leaves no session and no recorder behind, whatever happens.
 *
 * @throws {CaptureFailure} or anything, which becomes `recorder-failed`
 */
export type Record = (recording: Recording) => Promise<RecordedData>;

/** What a method is given to record with. */
export interface Recording {
  readonly threadId: string;
  /** The capture was thrown away: leave at once. */
  readonly discarded: AbortSignal;
  /**
   * To be called when the recorder runs. Resolves when it is to end: at the capture's duration, at a stop, or at the
   * method's own limit.
   */
  began(start: RecordingStart): Promise<void>;
  /** To be called when it is known better than at the start whether the thread answers. */
  noteUnresponsive(unresponsive: boolean): void;
  /**
   * Ends the recording before its time, so that `began` resolves: its thread is gone, or its own limit is reached.
   *
   * @param reason a sentence with the numbers
   */
  end(endedBy: 'limit' | 'thread-ended', reason: string): void;
  /** To be called with the pause that the recorder's end caused, when it is known. */
  ended(stopPauseMs: number | undefined): void;
  /** To be called, about once a second, with what the recorder itself knows of its cost. */
  spent(cost: RecorderCostFacts): void;
  /** To be called while the artifact is written and that takes long. */
  wrote(writtenBytes: number, expectedBytes: number): void;
}

/** What only the recorder can tell of its cost. */
export interface RecorderCostFacts {
  /** Part of the thread's own time since the start that the recorder took, 0 to 1. */
  threadShare?: number;
  /** What a child of the recorder has in memory now. */
  childMemoryBytes?: number;
  /** Processor time that the child has taken since its start. */
  childCpuMs?: number;
}

export interface RecordingStart {
  /** The thread did not answer from outside even when the recorder ran. */
  threadUnresponsive: boolean;
  /** Undefined when it cannot be told apart. */
  startPauseMs: number | undefined;
  /** Recording longer would cost the service too much. */
  mostDurationMs: number;
  /** There is nothing to wait for: it has looked once, and `began` resolves at once. */
  isComplete?: boolean;
}

export type Piece = string | Uint8Array;

/** What was recorded: the artifact in pieces, or as a file that a recorder has written and lets go of. */
export type RecordedData = {
  /** By the recorder's own clock. */
  recordedMs: number;
  /** What a reader has to know, in sentences: what was followed, at what rate, what is missing. */
  remarks?: readonly string[];
  /** Whether the contents of strings were taken out, for a kind that has them. */
  redacted?: boolean;
} & ({ pieces: Iterable<Piece> | AsyncIterable<Piece> } | { file: string });
