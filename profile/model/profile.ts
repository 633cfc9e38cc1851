export type Micros = number;
export type Bytes = number;
export type IndexIntoStringTable = number;
export type IndexIntoFunctionTable = number;

/** What stands in stacks as a function: code, what V8 reports but is a state of the thread, and the value of a label. */
export const FRAME_KIND = { code: 0, root: 1, program: 2, idle: 3, garbageCollector: 4, label: 5 } as const;
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

/** What a column of values means, in the words of pprof: `cpu` in `microseconds`, `inuse_space` in `bytes`. */
export interface ValueType {
  readonly type: string;
  /** `count`, `bytes`, `nanoseconds`, `microseconds` … */
  readonly unit: string;
}
export type IndexIntoValueTypes = number;

export type ValueColumn = Int32Array | Float64Array;

/** One row per sample, or per stack where the file keeps samples of one stack together. */
export interface SampleTable {
  readonly length: number;
  /** The leaf of the sampled stack. */
  readonly node: Uint32Array;
  /** A column per value type, never negative. Undefined: each sample counts one, which takes no memory to know. */
  readonly values: readonly (ValueColumn | undefined)[];
  /**
   * The line that the leaf of each sample was at, counted from 1; 0 when not known. Undefined where the file says no more of
   * lines than where functions begin.
   */
  readonly line?: Uint32Array | undefined;
  /** The row of `labels` that holds what is said of the sample; undefined where nothing is said of any. */
  readonly labelSet: Uint32Array | undefined;
}

export const NOT_A_TEXT = -1;

/** Sets of labels, each kept once however many samples bear it. Set 0 is the empty one. */
export interface LabelTable {
  /** The number of sets. */
  readonly length: number;
  /** Where the labels of each set begin in the columns below; one more entry than there are sets. */
  readonly start: Uint32Array;
  readonly key: Uint32Array;
  /** An index into the strings, or `NOT_A_TEXT` for a label that is a number. */
  readonly text: Int32Array;
  /** 0 for a label that is a text. */
  readonly number: Float64Array;
  /** The unit of the number. */
  readonly unit: Uint32Array;
}

/** The samples stand in the order of time, and their times are running sums of the default value from `firstSampleMicros`. */
export interface Timeline {
  /** On the recording machine's monotonic clock. */
  readonly startMicros: Micros;
  readonly firstSampleMicros: Micros;
  readonly endMicros: Micros;
}

/** How many samples were taken at which line while a node was the leaf: V8 counts them apart from the samples themselves. */
export interface NodeLines {
  /** Where the lines of each node begin in the columns below; one more entry than there are nodes. */
  readonly start: Uint32Array;
  /** Counted from 1. */
  readonly line: Uint32Array;
  readonly hits: Uint32Array;
}

/** What the file says of how it was made. */
export interface Recording {
  /** Wall clock, in milliseconds since 1970. */
  readonly startedAtMillis: number | undefined;
  readonly durationMicros: Micros | undefined;
  /** What lies between two samples. */
  readonly period: (ValueType & { readonly every: number }) | undefined;
  /** The binary or program. */
  readonly program: string | undefined;
  readonly comments: readonly string[];
}

/**
 * A sampled profile as columns: a few typed arrays, whatever its size. Stacks are kept once as a tree; a sample of a CPU
 * profile costs eight bytes, any other four and its values.
 */
export interface Profile {
  readonly strings: readonly string[];
  readonly functions: FunctionTable;
  readonly nodes: NodeTable;
  /** At least one, in the order of `samples.values`. */
  readonly valueTypes: readonly ValueType[];
  /** The one to show first. */
  readonly defaultValueType: IndexIntoValueTypes;
  readonly samples: SampleTable;
  readonly labels: LabelTable;
  /** Undefined where the file has none. */
  readonly nodeLines?: NodeLines | undefined;
  /** Undefined where samples have no order in time. */
  readonly timeline: Timeline | undefined;
  readonly recording: Recording;
}

/** What a reader accepts before it gives up. */
export interface ProfileLimits {
  readonly maxNodes: number;
  readonly maxSamples: number;
  /** Frames in one stack. */
  readonly maxDepth: number;
  /** Distinct sets of labels. */
  readonly maxLabelSets: number;
  /** The file, unpacked: packed, endless ones are small. */
  readonly maxFileBytes: Bytes;
  readonly maxStringBytes: Bytes;
  /** All distinct names and paths together. */
  readonly maxStringTableBytes: Bytes;
}

export const DEFAULT_LIMITS: ProfileLimits = {
  maxNodes: 16_000_000,
  maxSamples: 100_000_000,
  maxDepth: 65_535,
  maxLabelSets: 4_000_000,
  maxFileBytes: 4 * 2 ** 30,
  maxStringBytes: 1 << 20,
  maxStringTableBytes: 256 << 20,
};
