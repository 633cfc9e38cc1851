import type { HeapPhase } from '#profile/heap/model/heap-graph.ts';
import type { HeapAnswer, HeapQuery } from '#profile/heap/query/heap-query.ts';

export type AskHeap = <Query extends HeapQuery>(
  query: Query,
  signal: AbortSignal,
) => Promise<HeapAnswer<Query>>;

/** An open snapshot that answers, wherever it is: in a worker of this browser, or in a process of the server. */
export interface HeapSource {
  /** Tells its answers from those of other snapshots. */
  readonly key: string;
  /** @throws {RequestFailed | HeapAskFailed} when there is no answer, or the question is none */
  readonly ask: AskHeap;
}

/** A question that a worker did not answer, with the sentence that says why. */
export class HeapAskFailed extends Error {
  override name = 'HeapAskFailed';
  /** What it is called in docs/errors.md. */
  readonly code: string;

  constructor(sentence: string, code: string) {
    super(sentence);
    this.code = code;
  }
}

/** A question that whoever asked it has taken back. */
export class HeapAskCancelled extends Error {
  override name = 'HeapAskCancelled';
}

export interface OpeningProgress {
  /** `waiting`: something else has to end before. Undefined while nothing is known. */
  readonly phase: HeapPhase | 'waiting' | undefined;
  /** What it waits for, as a sentence. */
  readonly why: string | undefined;
  /** Of the whole work, from 0 to 1. */
  readonly share: number;
  /** Undefined while it cannot be told. */
  readonly remainingMs: number | undefined;
  readonly memoryBytes: number;
  /** It was read before, and what was found was kept. */
  readonly isFromIndex: boolean;
}

export const NOTHING_KNOWN: OpeningProgress = {
  phase: undefined,
  why: undefined,
  share: 0,
  remainingMs: undefined,
  memoryBytes: 0,
  isFromIndex: false,
};

/** How far it is with a snapshot that somebody wants to look into. */
export type HeapOpening =
  | { readonly state: 'opening'; readonly progress: OpeningProgress; cancel(): void }
  | { readonly state: 'cancelled'; retry(): void }
  | { readonly state: 'failed'; readonly error: unknown; retry(): void }
  | { readonly state: 'ready'; readonly source: HeapSource };
