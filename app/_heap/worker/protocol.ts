import type { HeapPhase } from '#profile/heap/model/heap-graph.ts';
import type { HeapAnswers, HeapQuery } from '#profile/heap/query/heap-query.ts';

/** Which of two snapshots: the one that is seen, or the one it is compared with. */
export type Which = 'seen' | 'earlier';

export type HeapWorkerRequest =
  | { readonly type: 'open'; readonly which: Which; readonly file: File }
  /** Neither what is open nor what is being opened is wanted any more. */
  | { readonly type: 'stop'; readonly which: Which }
  | { readonly type: 'ask'; readonly number: number; readonly query: HeapQuery }
  /** Nobody wants the answer any more. */
  | { readonly type: 'forget'; readonly number: number };

/** How far reading is. */
export interface ReadingProgress {
  readonly phase: HeapPhase;
  /** Of the whole work, from 0 to 1. */
  readonly share: number;
  readonly memoryBytes: number;
}

export type ReadFailure =
  /** With the sentence of whoever found it so. */
  | { readonly kind: 'unreadable'; readonly message: string }
  | { readonly kind: 'empty-file' | 'file-gone' | 'no-code' | 'crashed' };

export type HeapWorkerReport =
  | { readonly type: 'progress'; readonly which: Which; readonly progress: ReadingProgress }
  | { readonly type: 'opened'; readonly which: Which }
  | { readonly type: 'failed'; readonly which: Which; readonly failure: ReadFailure }
  | { readonly type: 'answer'; readonly number: number; readonly answer: HeapAnswers[keyof HeapAnswers] }
  | { readonly type: 'refused'; readonly number: number; readonly code: string; readonly message: string };
