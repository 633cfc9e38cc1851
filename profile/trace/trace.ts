import type { Micros } from '../model/profile.ts';

/** What a thread of the service was at. Collecting garbage and being blocked are told apart from what they interrupted. */
export const LANE_STATE = { executing: 0, waiting: 1, gc: 2, blocked: 3 } as const;
export type LaneState = (typeof LANE_STATE)[keyof typeof LANE_STATE];
export const LANE_STATES = 4;

export interface LaneTotals {
  readonly executingMicros: Micros;
  /** In the event loop, for something to come. */
  readonly waitingMicros: Micros;
  readonly gcMicros: Micros;
  /** In a call that does not return before something has come: nothing else of the thread could run. */
  readonly blockedMicros: Micros;
}

/** Waits too short to be rows of a lane: so long in all between two moments. In order of time, without overlaps. */
export interface ShortWaits {
  readonly length: number;
  readonly startMicros: Float64Array;
  readonly endMicros: Float64Array;
  readonly micros: Float64Array;
}

/**
 * The spans of one thread, line by line: those of one line never overlap and stand in order of time, those of a deeper line
 * lie within one of the line above. Calls that overlap freely have lines of their own below.
 */
export interface SpanTable {
  readonly length: number;
  /** Where each line begins; one more entry than there are lines. */
  readonly lineStart: Uint32Array;
  /** So many of the lines are nested; the others hold calls. */
  readonly nestedLines: number;
  readonly startMicros: Float64Array;
  readonly endMicros: Float64Array;
  readonly name: Uint32Array;
  readonly category: Uint32Array;
  /** A row of the trace's arguments, or `NO_ARGUMENTS`. */
  readonly arguments: Int32Array;
  /** Of `SPAN_FLAG`. */
  readonly flags: Uint8Array;
}

export const NO_ARGUMENTS = -1;

export const SPAN_FLAG = {
  /** Begun by one turn of the loop and ended by another: it does not say that the thread was busy with it. */
  call: 1,
  /** Had not ended when the trace did. */
  unfinished: 2,
  /** A moment. */
  instant: 4,
} as const;

/** One thread: what it was at, from begin to end without a gap, where it was followed; and what happened in it. */
export interface Lane {
  readonly pid: number;
  readonly tid: number;
  readonly name: string;
  /** Of the rows of states; 0 for a thread that was not followed. Rows stand in order of time. */
  readonly length: number;
  readonly startMicros: Float64Array;
  readonly endMicros: Float64Array;
  /** A `LaneState`. */
  readonly state: Uint8Array;
  /** By state: how long it was in it before each row; one more entry than there are rows. */
  readonly elapsedMicros: readonly Float64Array[];
  readonly shortWaits: ShortWaits;
  /** Short waits are counted here as waiting. */
  readonly totals: LaneTotals;
  readonly spans: SpanTable;
}

/** What was said of spans, each once however many spans it is said of. Read by `readArguments`. */
export interface ArgumentTable {
  readonly bytes: Uint8Array;
  /** Where each row ends. */
  readonly ends: Uint32Array;
  /** Spans of which what was said is not kept, for there was too much of it. */
  readonly leftOutCount: number;
}

/** What is shown of a trace in Chrome's format. Times are of the clock that the traced process had. */
export interface Trace {
  readonly startMicros: Micros;
  readonly endMicros: Micros;
  readonly strings: readonly string[];
  readonly eventCount: number;
  readonly spanCount: number;
  /** Events that are neither spans nor moments, such as counters, and ends without a begin. */
  readonly undrawnCount: number;
  /** Threads that were followed first, as the file names them. */
  readonly lanes: readonly Lane[];
  readonly arguments: ArgumentTable;
}

export interface TraceLimits {
  readonly maxEvents: number;
  /** Of states, of all lanes. */
  readonly maxRows: number;
  readonly maxSpans: number;
  /** Of one thread: spans within each other, and calls at the same time. */
  readonly maxLines: number;
  readonly maxThreads: number;
  readonly maxStringBytes: number;
  readonly maxNameBytes: number;
  /** Beyond, arguments are not kept. */
  readonly maxArgumentBytes: number;
}

export const DEFAULT_TRACE_LIMITS: TraceLimits = {
  maxEvents: 20_000_000,
  maxRows: 4_000_000,
  maxSpans: 10_000_000,
  maxLines: 65_535,
  maxThreads: 10_000,
  maxStringBytes: 1 << 20,
  maxNameBytes: 64 << 20,
  maxArgumentBytes: 128 << 20,
};
