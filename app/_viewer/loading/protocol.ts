import type { CallTree, FunctionTable, FunctionTotals } from '#profile/index.ts';
import type { FlameLayout } from '../flame/flame-layout.ts';

/** Where the bytes are. */
export interface ProfileSource {
  readonly artifactUrl: string;
  readonly sizeBytes: number;
  readonly fileName: string;
}

/** What is the same however the profile is looked at. */
export interface OpenedProfile {
  readonly strings: readonly string[];
  readonly functions: FunctionTable;
  /** An `Origin` per function. */
  readonly origin: Uint8Array;
  readonly sampleCount: number;
  readonly durationMicros: number;
  /** How long the thread had nothing to do. */
  readonly idleMicros: number;
}

/** What depends on whether idle time is counted. */
export interface MergedView {
  readonly includeIdle: boolean;
  readonly tree: CallTree;
  readonly layout: FlameLayout;
  readonly totals: FunctionTotals;
}

export type LoadFailure =
  /** The server's own sentence, where it gave one. */
  | { readonly kind: 'refused'; readonly status: number; readonly detail: string | undefined }
  | { readonly kind: 'no-answer' }
  /** The core's sentence. */
  | { readonly kind: 'unreadable'; readonly message: string }
  | { readonly kind: 'crashed' };

export type WorkerRequest =
  | { readonly type: 'open'; readonly artifactUrl: string; readonly includeIdle: boolean }
  | { readonly type: 'merge'; readonly includeIdle: boolean };

export type WorkerReport =
  | { readonly type: 'progress'; readonly receivedBytes: number }
  | { readonly type: 'opened'; readonly profile: OpenedProfile; readonly view: MergedView }
  | { readonly type: 'merged'; readonly view: MergedView }
  | { readonly type: 'failed'; readonly failure: LoadFailure };
