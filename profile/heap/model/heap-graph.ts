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
  /** All of them, one after another, in UTF-8. */
  readonly bytes: Uint8Array;
  /** Where each begins in `bytes`; one more entry than there are strings. */
  readonly start: Uint32Array;
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
  /** Bytes, as V8 counts them. What people are shown is `HeapAnalysis.shallowSize`. */
  readonly selfSize: Float64Array | Uint32Array;
  /** Where the edges of each node begin; one more entry than there are nodes. */
  readonly firstEdge: Uint32Array;
  /** What the file says of each: a `DETACHEDNESS`. Undefined where it says nothing. */
  readonly detachedness: Uint8Array | undefined;
}

/** Whether a node is part of the document, or of what its host holds on to. */
export const DETACHEDNESS = { unknown: 0, attached: 1, detached: 2 } as const;

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
/** What the root has as its distance where there are user objects. */
export const SYSTEM_DISTANCE = 100_000_000;

/** What follows from a graph: who holds whom, and how much would go with each node. */
export interface HeapAnalysis {
  readonly graph: HeapGraph;
  /** Compressed rows: where the retainers of each node begin in `retainingEdge`; one more entry than there are nodes. */
  readonly firstRetainer: Uint32Array;
  /** The edges that lead to each node. */
  readonly retainingEdge: Uint32Array;
  /** The node that each edge leads from: found by search in `nodes.firstEdge`, so it costs no memory. */
  holderOf(edge: IndexIntoHeapEdges): IndexIntoHeapNodes;
  /**
   * The immediate dominator of each node; the root's is the root. What nothing holds counts as held by the root, as in Chrome
   * DevTools, so that the sizes add up.
   */
  readonly dominator: Uint32Array;
  /**
   * A node's own bytes. As in Chrome DevTools hidden nodes and arrays that belong to one object alone count as its own, and
   * themselves as 0.
   */
  readonly shallowSize: Float64Array | Uint32Array;
  /** Bytes that would be free if the node were: its shallow size and that of all it dominates. */
  readonly retainedSize: Float64Array;
  /** A `DETACHEDNESS` of each node, passed on from native node to native node; undefined where it is unknown of all. */
  readonly detachedness: Uint8Array | undefined;
  /**
   * The least number of edges from the root's user objects, which have 1. What is reached from V8's own roots alone has
   * `SYSTEM_DISTANCE` and more, what is not reached at all `UNREACHABLE`. So Chrome DevTools counts, but for the last, where it
   * has -5.
   */
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
