import type { Bytes } from '../../model/profile.ts';

/** Where a node stands in the file, counted from 0. Node 0 is the root. */
export type IndexIntoHeapNodes = number;
/** Where an edge stands in the file, counted from 0. The edges of a node stand together. */
export type IndexIntoHeapEdges = number;
/** What V8 calls an object by for as long as it lives: two snapshots of one process use the same. */
export type HeapObjectId = number;

/** V8's types of nodes in our own numbering, whatever numbers the file uses (`node_types` in its head says which). */
export const HEAP_NODE_TYPES = [
  'hidden',
  'array',
  'string',
  'object',
  'code',
  'closure',
  'regexp',
  'number',
  'native',
  'synthetic',
  'concatenated string',
  'sliced string',
  'symbol',
  'bigint',
  'object shape',
] as const;
export type HeapNodeType = (typeof HEAP_NODE_TYPES)[number];

export const HEAP_EDGE_TYPES = [
  'context',
  'element',
  'property',
  'internal',
  'hidden',
  'shortcut',
  'weak',
] as const;
export type HeapEdgeType = (typeof HEAP_EDGE_TYPES)[number];

/** The strings of a snapshot, kept as the bytes of the file and made into texts when they are looked at. */
export interface HeapStrings {
  readonly length: number;
  /** @throws RangeError when there is no such string */
  text(index: number): string;
}

/** One row per node, in the order of the file. */
export interface HeapNodes {
  readonly length: number;
  /** An index into `HEAP_NODE_TYPES`. */
  readonly type: Uint8Array;
  /** An index into the strings. */
  readonly name: Uint32Array;
  readonly id: Uint32Array;
  /** Bytes, as V8 counts them. */
  readonly selfSize: Float64Array | Uint32Array;
  /** Where the edges of each node begin; one more entry than there are nodes. */
  readonly firstEdge: Uint32Array;
  /** 0: not known, 1: attached, 2: detached. Undefined where the file says nothing of it. */
  readonly detachedness: Uint8Array | undefined;
}

/** One row per edge, in the order of the file: those of a node together. */
export interface HeapEdges {
  readonly length: number;
  /** An index into `HEAP_EDGE_TYPES`. */
  readonly type: Uint8Array;
  /** An index into the strings; of `element` and `hidden` edges the number of the element itself. */
  readonly nameOrIndex: Uint32Array;
  /** The node that is held. */
  readonly to: Uint32Array;
}

/** A whole heap as columns. */
export interface HeapGraph {
  readonly nodes: HeapNodes;
  readonly edges: HeapEdges;
  readonly strings: HeapStrings;
}

/** Not reached from the root. */
export const UNREACHABLE = -1;

/** What follows from a graph: who holds whom, and how much would go with each node. */
export interface HeapAnalysis {
  readonly graph: HeapGraph;
  /** Compressed rows: where the retainers of each node begin in `retainingEdge`; one more entry than there are nodes. */
  readonly firstRetainer: Uint32Array;
  /** The edges that lead to each node. */
  readonly retainingEdge: Uint32Array;
  /** The node that each edge leads from: found by search in `nodes.firstEdge`, so it costs no memory. */
  holderOf(edge: IndexIntoHeapEdges): IndexIntoHeapNodes;
  /** The immediate dominator of each node; the root's is the root. */
  readonly dominator: Uint32Array;
  /** Bytes that would be free if the node were: its own size and that of all it dominates. */
  readonly retainedSize: Float64Array;
  /** The least number of edges from the root's user objects (as Chrome DevTools counts them); `UNREACHABLE` where there is no way. */
  readonly distance: Int32Array;
}

/** Steps of the work, in their order, for whoever waits. */
export type HeapPhase = 'reading' | 'retainers' | 'dominators' | 'sizes' | 'names';

export interface HeapProgress {
  readonly phase: HeapPhase;
  /** From 0 to 1, of the phase. */
  readonly share: number;
  /** What the columns take so far. */
  readonly memoryBytes: Bytes;
}
