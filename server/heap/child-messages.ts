import type { HeapPhase } from '#profile/heap/model/heap-graph.ts';
import type { HeapQuery } from '#profile/heap/query/heap-query.ts';

/** A stored snapshot, as the process finds it. */
export interface SnapshotFile {
  readonly artifactPath: string;
  readonly sha256: string;
  readonly sizeBytes: number;
  /** Where its index lies, or is to lie. */
  readonly indexPath: string;
}

/** A snapshot that another is compared with. */
export interface EarlierFile extends SnapshotFile {
  readonly captureId: string;
  /** Whether both are of one process: the captures know it, the files do not. */
  readonly processes: 'one' | 'two';
}

/** With what may be used for it. */
export interface EarlierSnapshot extends EarlierFile {
  readonly limitBytes: number;
}

/** What the server tells the process. */
export type ToChild =
  | { readonly tell: 'open'; readonly file: SnapshotFile; readonly limitBytes: number }
  /** The answer to `index-wanted`: null, or a sentence that says why there is no room. */
  | { readonly tell: 'index-room'; readonly refused: string | null }
  | {
      readonly tell: 'ask';
      readonly question: number;
      readonly query: HeapQuery;
      readonly earlier?: EarlierSnapshot;
    }
  /** Nobody waits for the answer any more. */
  | { readonly tell: 'forget'; readonly question: number };

/** In what way a question or an opening came to nothing; each has a class in `errors.ts`. */
export type Refusal = 'unreadable' | 'too-large' | 'invalid' | 'failed';

/** `code` and `message` are the engine's own words, and empty where it has failed: why goes to the log alone. */
export interface Refused {
  readonly refusal: Refusal;
  readonly code: string;
  readonly message: string;
}

export type OpenedFrom = 'index' | 'artifact';

/** What the process tells the server. `memoryBytes`: what its columns take. */
export type FromChild =
  | {
      readonly told: 'progress';
      readonly from: OpenedFrom;
      readonly phase: HeapPhase;
      readonly share: number;
      readonly memoryBytes: number;
    }
  | { readonly told: 'opened'; readonly from: OpenedFrom; readonly memoryBytes: number }
  | ({ readonly told: 'refused' } & Refused)
  /** It would write an index of this size, or one with more answers in the place of the one there is. */
  | { readonly told: 'index-wanted'; readonly bytes: number }
  /** `reason`: a sentence for whoever asks. */
  | { readonly told: 'index'; readonly state: 'kept' | 'not-kept'; readonly reason: string | null }
  /** One with more answers stands in the place of the index, or could not be written and nothing has changed. */
  | { readonly told: 'index-replaced' }
  /** A column of the index is not what was written: nothing that came from it was answered. */
  | { readonly told: 'index-damaged'; readonly message: string }
  /** For the log: an index was unusable, a write failed. */
  | { readonly told: 'remark'; readonly message: string }
  | {
      readonly told: 'answer';
      readonly question: number;
      readonly answer: Record<string, unknown>;
      readonly tookMs: number;
      readonly memoryBytes: number;
    }
  /** As it was told to; whichever of answer, refusal and this comes first is all that comes. */
  | { readonly told: 'forgotten'; readonly question: number; readonly memoryBytes: number }
  | ({
      readonly told: 'no-answer';
      readonly question: number;
      /** Which snapshot could not be opened or asked. */
      readonly of: 'this' | 'earlier';
      readonly memoryBytes: number;
    } & Refused);
