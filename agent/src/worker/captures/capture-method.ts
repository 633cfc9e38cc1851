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
  /** What it is expected to cost here, or why it does not work here. */
  findCapability(): CaptureCapabilityFacts;
  /**
   * Checks the request's options.
   *
   * @throws {InvalidRequest}
   */
  prepare(request: CollectPerformanceDataRequest): Record;
}

export type CaptureCapabilityFacts =
  | { available: true; price: CapturePriceFacts }
  | { available: false; reason: string };

export interface CapturePriceFacts {
  startPauseMs: number;
  throughputLoss: number;
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
  /** To be called with the pause that the recorder's end caused, when it is known. */
  ended(stopPauseMs: number | undefined): void;
}

export interface RecordingStart {
  /** The thread did not answer from outside even when the recorder ran. */
  threadUnresponsive: boolean;
  /** Undefined when it cannot be told apart. */
  startPauseMs: number | undefined;
  /** Recording longer would cost too much memory. */
  mostDurationMs: number;
}

/** What was recorded: the artifact as pieces of text, or as a file that a recorder has written and lets go of. */
export type RecordedData = {
  /** By the recorder's own clock. */
  recordedMs: number;
} & ({ pieces: Iterable<string> } | { file: string });
