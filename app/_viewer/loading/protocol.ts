import type {
  CallersTree,
  CallTree,
  FunctionName,
  FunctionTable,
  FunctionTotals,
  IndexIntoFunctionTable,
  LabelChoice,
  LabelFacet,
  LineHits,
  Profile,
  TimeRange,
  Transform,
  ValueType,
} from '#profile/index.ts';
import type { FlameLayout } from '../flame/flame-layout.ts';
import type { RankedPart } from './rank-parts.ts';

/** Where the bytes are, and what is known of them. */
export type ProfileSource = OneSource | SeveralSource;

/** One file. */
export type OneSource = ArtifactSource | FileSource;

/** The artifact of a capture, on the server. */
export interface ArtifactSource {
  readonly from: 'artifact';
  readonly artifactUrl: string;
  /** Where the source of what was sampled is asked for. */
  readonly sourceUrl: string;
  /** When it was asked for, ISO 8601. */
  readonly capturedAt: string;
  readonly mediaType: string;
  /** The kind of the capture. */
  readonly kind: string;
  readonly sizeBytes: number;
  readonly fileName: string;
}

/** A file of the reader's own. It is read where it lies, and never leaves the browser. */
export interface FileSource {
  readonly from: 'file';
  readonly file: File;
  readonly sizeBytes: number;
  readonly fileName: string;
}

/** Artifacts of captures of one kind that are shown as one profile. */
export interface SeveralSource {
  readonly from: 'several';
  readonly parts: readonly MergedPart[];
  /** The key of the label by which one sees of which of them a sample is. */
  readonly label: string;
  readonly kind: string;
  /** Undefined where they are not of one version of one service: what one ran is not what the others ran. */
  readonly sourceUrl: string | undefined;
  readonly capturedAt: string;
  readonly fileName: string;
}

export interface MergedPart {
  /** Unlike those of the others. */
  readonly name: string;
  readonly source: ArtifactSource;
}

/** What is known of a profile that several were merged into. */
export interface MergedFrom {
  /** What could not be read, and is not in it. */
  readonly failures: readonly PartFailure[];
  /** Which of the parts each profile of the ranking is. */
  readonly read: readonly number[];
  /** The oddest first. */
  readonly ranking: readonly RankedPart[];
}

/** What is the same however the profile is looked at. */
export interface OpenedProfile {
  /** The names of all profiles of the file: threads, or what else it calls one. */
  readonly threads: readonly string[];
  /** Which of them this is. */
  readonly thread: string;
  /** Undefined for a profile that comes from one file. */
  readonly merged?: MergedFrom | undefined;
  readonly strings: readonly string[];
  readonly functions: FunctionTable;
  readonly recording: Profile['recording'];
  /** An `Origin` per function. */
  readonly origin: Uint8Array;
  readonly valueTypes: readonly ValueType[];
  readonly defaultValueType: number;
  /** What samples can be chosen by. */
  readonly facets: readonly LabelFacet[];
  /** On the clock of the process, which its traces have as well; undefined where samples have no order in time. */
  readonly firstSampleMicros: number | undefined;
  /** From the first sample to the end of the last; undefined where samples have no order in time. */
  readonly totalMicros: number | undefined;
  /** Frames in the deepest stack, the root not counted. */
  readonly maxDepth: number;
  /** What each function took itself in the whole profile, by the default value type. */
  readonly wholeSelf: Float64Array;
  /** How long the thread had nothing to do, in the unit of the default value type. */
  readonly idleValue: number;
}

/** What to put together: which samples, weighed by what. */
export interface ViewChoice {
  /** Which of the profiles of the file; the one in which most happened where none has that name. */
  readonly thread: string | undefined;
  readonly includeIdle: boolean;
  /** The name of a value type; the profile's default where it has none of that name. */
  readonly valueType: string | undefined;
  readonly labels: readonly LabelChoice[];
  /** Only what was in this time; undefined: all of the recording. */
  readonly timeRange: TimeRange | undefined;
  /** The key of the label whose values stand below the root. */
  readonly groupedBy: string | undefined;
  /** What is done to the stacks, in this order. */
  readonly transforms: readonly Transform[];
  /** What is drawn: calls from the root, callers from what took something itself, or both around one function. */
  readonly picture: 'calls' | 'callers' | 'sandwich';
  /** That function; the one that took most itself where there is none, or none of that name. */
  readonly middle: FunctionName | undefined;
}

/** A tree and where its boxes are. */
export interface TreePicture {
  readonly tree: CallTree & Partial<Pick<CallersTree, 'goesOn'>>;
  readonly layout: FlameLayout;
}

/** What depends on the choice. */
export interface MergedView extends TreePicture {
  /** An index into the value types. */
  readonly valueType: number;
  /** Of the waits, or holds, that the samples shown sum up; undefined where the profile does not say. */
  readonly longestMs: number | undefined;
  readonly totals: FunctionTotals;
  /** All that the choice of samples lets in, before transforms leave something out. */
  readonly whole: number;
  /** How much of it they left out. */
  readonly leftOut: number;
  /** Callers of the function in the middle, whose callees the view's own tree has; undefined for other pictures. */
  readonly callers: TreePicture | undefined;
  readonly middle: IndexIntoFunctionTable | undefined;
}

/** What functions took by line; undefined where the profile does not say. */
export interface FileLines {
  /** Of all functions asked for. */
  readonly file: LineHits | undefined;
  /** Of the one in the middle of attention. */
  readonly own: LineHits | undefined;
}

export type LoadFailure =
  /** The server's own sentence, where it gave one. */
  | { readonly kind: 'refused'; readonly status: number; readonly detail: string | undefined }
  | { readonly kind: 'no-answer' }
  /** The core's sentence. */
  | { readonly kind: 'unreadable'; readonly message: string }
  /** It holds no samples that could be drawn. */
  | { readonly kind: 'no-profile'; readonly mediaType: string }
  /** The browser is not given the file's bytes (any more). */
  | { readonly kind: 'file-gone' }
  | { readonly kind: 'empty-file' }
  /** A part of the viewer that this file needs did not come. */
  | { readonly kind: 'no-code' }
  | { readonly kind: 'crashed' };

/** How far the reading of one of several profiles is. */
export type PartProgress =
  | { readonly state: 'waiting' | 'read' }
  | { readonly state: 'reading'; readonly receivedBytes: number }
  | { readonly state: 'failed'; readonly failure: LoadFailure };

export interface PartFailure {
  /** Which of them. */
  readonly index: number;
  readonly failure: LoadFailure;
}

export type WorkerRequest =
  | { readonly type: 'open'; readonly source: ProfileSource; readonly choice: ViewChoice }
  | { readonly type: 'merge'; readonly choice: ViewChoice }
  /** Whoever is at the port is served the time-ordered chart of the profile that is shown. */
  | { readonly type: 'chart'; readonly port: MessagePort }
  /** `functions`: 1 for each that is asked for. The answer bears the same number. */
  | {
      readonly type: 'lines';
      readonly number: number;
      readonly functions: Uint8Array;
      readonly own: IndexIntoFunctionTable;
      readonly choice: ViewChoice;
    };

export type WorkerReport =
  | { readonly type: 'progress'; readonly receivedBytes: number }
  /** Of one of several. */
  | { readonly type: 'part'; readonly index: number; readonly progress: PartProgress }
  /** Again when another profile of the file was chosen. */
  | { readonly type: 'opened'; readonly profile: OpenedProfile; readonly view: MergedView }
  | { readonly type: 'merged'; readonly view: MergedView }
  | { readonly type: 'lines'; readonly number: number; readonly lines: FileLines }
  | { readonly type: 'failed'; readonly failure: LoadFailure };
