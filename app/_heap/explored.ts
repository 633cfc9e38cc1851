import type { HeapSummary } from '#profile/heap/query/heap-query.ts';
import type { HeapSource } from './source/heap-source.ts';
import type { HeapState } from './state/heap-state.ts';
import type { ChangeHeapState } from './state/use-heap-state.ts';

/** A snapshot that is open, and what is seen of it. */
export interface Explored {
  readonly source: HeapSource;
  readonly summary: HeapSummary;
  readonly state: HeapState;
  readonly change: ChangeHeapState;
}
