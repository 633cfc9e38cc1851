import type { HeapProgress } from '#profile/heap/model/heap-graph.ts';
import type { ServerError } from '../errors.ts';
import type { HeapIndexState, HeapState } from '../http/contract/index.ts';
import type { OpenedFrom } from './child-messages.ts';
import type { HeapChild } from './heap-child.ts';
import type { OpeningEstimate } from './opening-estimate.ts';

/** Where a snapshot is on its way from closed to open. */
export type HeapStage =
  | { readonly is: 'closed' }
  | { readonly is: 'waiting'; readonly since: number }
  | {
      readonly is: 'opening';
      readonly since: number;
      readonly child: HeapChild;
      readonly limitBytes: number;
      from: OpenedFrom;
      progress: HeapProgress;
      readonly estimate: OpeningEstimate;
    }
  | {
      readonly is: 'open';
      readonly since: number;
      readonly child: HeapChild;
      readonly limitBytes: number;
      readonly from: OpenedFrom;
      readonly openedInMs: number;
      memoryBytes: number;
      index: HeapIndexState;
      indexReason: string | null;
    }
  | { readonly is: 'failed'; readonly at: number; readonly error: ServerError };

interface AlsoTold {
  readonly hasIndex: boolean;
  /** Of the system's clock; null while it is not idle. */
  readonly idleEndsAt: number | null;
}

/** As it is told over HTTP. */
export function toHeapState(stage: HeapStage, { hasIndex, idleEndsAt }: AlsoTold): HeapState {
  switch (stage.is) {
    case 'closed':
      return { state: 'closed', hasIndex };
    case 'waiting':
      return {
        state: 'waiting',
        since: toInstant(stage.since),
        why: 'Other heap snapshots that are being read or asked hold the memory.',
      };
    case 'opening': {
      const { phase, share, memoryBytes } = stage.progress;
      return {
        state: 'opening',
        since: toInstant(stage.since),
        from: stage.from,
        phase,
        phaseShare: share,
        ...stage.estimate.toShare(stage.progress, performance.now()),
        memoryBytes,
        memoryLimitBytes: stage.limitBytes,
      };
    }
    case 'open':
      return {
        state: 'open',
        since: toInstant(stage.since),
        from: stage.from,
        openedInMs: stage.openedInMs,
        memoryBytes: stage.memoryBytes,
        memoryLimitBytes: stage.limitBytes,
        index: stage.index,
        indexReason: stage.indexReason,
        idleEndsAt: idleEndsAt === null ? null : toInstant(idleEndsAt),
      };
    case 'failed':
      return {
        state: 'failed',
        at: toInstant(stage.at),
        code: stage.error.code,
        message: stage.error.message,
      };
  }
}

function toInstant(ms: number): string {
  return new Date(ms).toISOString();
}
