import type { Micros } from '../model/profile.ts';

/** What a thread of the service was at. Collecting garbage is told apart from what it interrupted. */
export const LANE_STATE = { executing: 0, waiting: 1, gc: 2 } as const;

export interface LaneTotals {
  readonly executingMicros: Micros;
  readonly waitingMicros: Micros;
  readonly gcMicros: Micros;
}

/** One thread: what it was at, from begin to end without a gap. Rows stand in order of time. */
export interface Lane {
  readonly tid: number;
  readonly name: string;
  readonly length: number;
  readonly startMicros: Float64Array;
  readonly endMicros: Float64Array;
  /** A value of `LANE_STATE`. */
  readonly state: Uint8Array;
  /** Waits that are too short to be rows are counted here as waiting. */
  readonly totals: LaneTotals;
}

/** Something that took time, such as a request or a collection of garbage. */
export interface TraceSpan {
  readonly name: string;
  readonly category: string;
  readonly thread: string;
  readonly tid: number;
  readonly startMicros: Micros;
  readonly durationMicros: Micros;
}

/** What is shown of a trace in Chrome's format. Times are of the clock that the traced process had. */
export interface Trace {
  readonly startMicros: Micros;
  readonly endMicros: Micros;
  readonly eventCount: number;
  readonly lanes: readonly Lane[];
  /** The longest first, so many as the limits say. */
  readonly longestSpans: readonly TraceSpan[];
}

export interface TraceLimits {
  readonly maxEvents: number;
  /** Of the rows of all lanes. */
  readonly maxRows: number;
  readonly maxSpans: number;
  readonly maxStringBytes: number;
  readonly maxNameBytes: number;
}

export const DEFAULT_TRACE_LIMITS: TraceLimits = {
  maxEvents: 20_000_000,
  maxRows: 4_000_000,
  maxSpans: 200,
  maxStringBytes: 1 << 20,
  maxNameBytes: 32 << 20,
};
