export type Micros = number;
export type Bytes = number;
export type IndexIntoStringTable = number;
export type IndexIntoFunctionTable = number;

/** What V8 reports as a function but is a state of the thread. */
export const FRAME_KIND = { code: 0, root: 1, program: 2, idle: 3, garbageCollector: 4 } as const;
export type FrameKind = (typeof FRAME_KIND)[keyof typeof FRAME_KIND];

/** One row per distinct (name, url, line, column). */
export interface FunctionTable {
  readonly length: number;
  readonly name: Uint32Array;
  /** A file path, a `file:` or `node:` URL, or the empty string. */
  readonly url: Uint32Array;
  /** Where the function begins, counted from 1; 0 when not known. */
  readonly line: Uint32Array;
  /** Counted from 1; 0 when not known. */
  readonly column: Uint32Array;
  /** A `FrameKind`. */
  readonly kind: Uint8Array;
}

/**
 * The tree of stacks: a node is a function called from its parent's stack. Rows stand in depth-first order, so a
 * parent always stands before its children and loops need no recursion. Row 0 is the root.
 */
export interface NodeTable {
  readonly length: number;
  /** -1 for the root. */
  readonly parent: Int32Array;
  readonly func: Uint32Array;
  /** 0 for the root. */
  readonly depth: Uint16Array;
}

/** The samples in the order of time. */
export interface SampleTable {
  readonly length: number;
  /** The leaf of the sampled stack. */
  readonly node: Uint32Array;
  /** The time from this sample to the next one in microseconds, never negative: what the sample stands for. */
  readonly weight: Int32Array | Float64Array;
}

/**
 * A sampled profile as columns: a few typed arrays, whatever its size. Stacks are kept once as a tree; a sample costs
 * eight bytes. Time stamps are running sums of the weights from `firstSampleMicros`.
 */
export interface Profile {
  readonly strings: readonly string[];
  readonly functions: FunctionTable;
  readonly nodes: NodeTable;
  readonly samples: SampleTable;
  /** On the recording machine's monotonic clock. */
  readonly startMicros: Micros;
  readonly firstSampleMicros: Micros;
  readonly endMicros: Micros;
}

/** What a reader accepts before it gives up. */
export interface ProfileLimits {
  readonly maxNodes: number;
  readonly maxSamples: number;
  /** Frames in one stack. */
  readonly maxDepth: number;
  readonly maxStringBytes: Bytes;
  /** All distinct names and paths together. */
  readonly maxStringTableBytes: Bytes;
}

export const DEFAULT_LIMITS: ProfileLimits = {
  maxNodes: 16_000_000,
  maxSamples: 100_000_000,
  maxDepth: 65_535,
  maxStringBytes: 1 << 20,
  maxStringTableBytes: 256 << 20,
};
