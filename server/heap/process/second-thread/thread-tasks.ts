import type { Sizes } from '#profile/heap/analysis/shallow-sizes.ts';
import type { SizeColumns } from '#profile/heap/analysis/sizes-and-distances.ts';
import type { HeapAnalysis, HeapGraph } from '#profile/heap/model/heap-graph.ts';
import type { EdgeColumns } from '#profile/heap/reader/edge-rows.ts';
import type { SnapshotTail, TailPlace } from '#profile/heap/reader/snapshot-tail.ts';
import type { ClassCounts } from '#profile/heap/tables/class-totals.ts';
import type { DominatedRows } from '#profile/heap/tables/dominated-rows.ts';

/** A graph as it arrives in another thread: what it can do stays behind. */
export type SharedGraph = Omit<HeapGraph, 'strings'> & {
  readonly strings: Pick<HeapGraph['strings'], 'bytes' | 'start'>;
};

/**
 * What the second thread does, each with what it is told and what it hands back. Columns of a row for each node, edge or
 * text are shared; what is copied is small, but for a column of sizes that had to be widened.
 */
export interface ThreadTasks {
  readTail: {
    readonly told: {
      readonly path: string;
      readonly place: TailPlace;
      /** Shared: of all edges, whose last are written there. */
      readonly columns: EdgeColumns;
      readonly limitBytes: number;
      /** Shared: how many pieces were read so far. */
      readonly pieces: Uint32Array;
    };
    readonly result: SnapshotTail;
  };
  touch: {
    /** Shared: whoever fills them meanwhile is not disturbed. */
    readonly told: { readonly columns: readonly Uint32Array[] };
    readonly result: true;
  };
  spreadDetachedness: {
    readonly told: { readonly graph: SharedGraph; readonly limitBytes: number };
    readonly result: { readonly detachedness: Uint8Array | undefined };
  };
  countRetainers: {
    readonly told: { readonly graph: SharedGraph; readonly firstRetainer: Uint32Array };
    readonly result: true;
  };
  findSizes: {
    readonly told: {
      readonly graph: SharedGraph;
      readonly columns: SizeColumns;
      readonly limitBytes: number;
    };
    /** The column that was given, or a wider one. */
    readonly result: { readonly shallowSize: Sizes };
  };
  nameClasses: {
    readonly told: {
      readonly graph: SharedGraph;
      readonly detachedness: Uint8Array | undefined;
      readonly classOf: Uint32Array;
      readonly limitBytes: number;
    };
    readonly result: { readonly names: readonly string[] };
  };
  countClasses: {
    readonly told: Pick<HeapAnalysis, 'shallowSize' | 'distance'> & {
      readonly classOf: Uint32Array;
      readonly classCount: number;
    };
    readonly result: ClassCounts;
  };
  dominatedRows: {
    /** Shared: room for `first` and `nodes` besides. */
    readonly told: {
      readonly dominator: Uint32Array;
      readonly first: Uint32Array;
      readonly room: Uint32Array;
    };
    readonly result: DominatedRows;
  };
  listRetainers: {
    readonly told: {
      readonly graph: SharedGraph;
      readonly firstRetainer: Uint32Array;
      readonly retainingEdge: Uint32Array;
    };
    readonly result: true;
  };
}

export type TaskName = keyof ThreadTasks;

export type ToThread = {
  [Name in TaskName]: { readonly task: Name; readonly told: ThreadTasks[Name]['told'] };
}[TaskName];

export type FromThread =
  | { readonly result: ThreadTasks[TaskName]['result'] }
  /** It could not be done; the words are for the log. */
  | { readonly failure: string };
