import { BitSet } from '../memory/bit-set.ts';
import type { HeapMemory } from '../memory/heap-memory.ts';
import type { HeapGraph } from '../model/heap-graph.ts';
import { DistanceWalk } from './distances.ts';
import { MarkedStrings } from './marked-strings.ts';
import { findShallowSizes, type Sizes } from './shallow-sizes.ts';
import { part, type Steps } from './steps.ts';

/** Columns of a row for every node. */
export interface SizeColumns {
  /** Are filled. */
  readonly shallowSize: Sizes;
  readonly distance: Int32Array;
  /** Passed on. */
  readonly detachedness: Uint8Array | undefined;
  /** Room, for whatever. */
  readonly owner: Uint32Array;
  readonly stack: Uint32Array;
}

/**
 * What `analyseHeap` finds out of sizes and distances, apart from its search for dominators: for a thread that does it meanwhile.
 *
 * @returns the column of sizes, or a wider one where one has become too large for it
 */
export function* findSizesAndDistances(
  graph: HeapGraph,
  { shallowSize, distance, detachedness, owner, stack }: SizeColumns,
  memory: HeapMemory,
): Steps<Sizes> {
  const marked = new MarkedStrings(graph.strings, memory);
  yield* part(0, SHARE_OF_STRINGS, marked.find());
  const owning = { graph, marked, detachedness, owner, stack, memory };
  const sizes = yield* part(SHARE_OF_STRINGS, SHARE_OF_SIZES, findShallowSizes(owning, shallowSize));
  const seen = new BitSet(memory.uint32(BitSet.wordsFor(graph.nodes.length)));
  const walk = new DistanceWalk(graph, marked, seen, distance, memory);
  yield* part(SHARE_OF_SIZES, SHARE_OF_USERS, walk.fromUserRoots(stack));
  yield* part(SHARE_OF_USERS, 1, walk.fromRoot(stack));
  walk.release();
  marked.release(memory);
  memory.release(seen.words);
  return sizes;
}

const SHARE_OF_STRINGS = 0.1;
const SHARE_OF_SIZES = 0.4;
const SHARE_OF_USERS = 0.9;
