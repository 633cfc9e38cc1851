import type { Bytes } from '../../model/profile.ts';
import type { Steps } from '../analysis/steps.ts';
import { ArrayCells, type Cells } from '../model/heap-cells.ts';
import { type HeapObjectId, type IndexIntoHeapNodes, UNREACHABLE } from '../model/heap-graph.ts';
import { NO_DISTANCE, shownDistance, toDistance } from '../tables/distance.ts';
import { distancesWithout } from '../tables/distances-without.ts';
import type { Kept } from './kept-answers.ts';
import type { OpenHeap } from './open-heap.ts';

/** How far all is from the root when some objects do not count. */
export class Reach implements Kept {
  readonly #distance: Cells;
  readonly #ignored: ReadonlySet<IndexIntoHeapNodes>;

  constructor(distance: Cells, ignored: ReadonlySet<IndexIntoHeapNodes>) {
    this.#distance = distance;
    this.#ignored = ignored;
  }

  get weightBytes(): Bytes {
    return this.#distance.length * Int32Array.BYTES_PER_ELEMENT;
  }

  isIgnored(node: IndexIntoHeapNodes): boolean {
    return this.#ignored.has(node);
  }

  /** Whether there is a way from the root. */
  isReached(node: IndexIntoHeapNodes): boolean {
    return this.#distance.get(node) !== UNREACHABLE;
  }

  /** As in an analysis; `UNREACHABLE` where there is no way but through what is ignored. */
  distanceOf(node: IndexIntoHeapNodes): number {
    return this.#distance.get(node);
  }

  shownDistanceOf(node: IndexIntoHeapNodes): number | undefined {
    return shownDistance(toDistance(this.distanceOf(node)));
  }

  /** Nearest first; V8's own behind all others, and last what is not reached. */
  rankOf(node: IndexIntoHeapNodes): number {
    const known = this.distanceOf(node);
    return known === UNREACHABLE ? NO_DISTANCE : known;
  }
}

/**
 * Kept for the next question: whoever opens a tree of retainers asks again and again with the same ignored.
 *
 * @throws HeapObjectError for ids that are not there
 */
export function* reachWithout(heap: OpenHeap, ignored: readonly HeapObjectId[]): Steps<Reach> {
  if (ignored.length === 0) return heap.keep(reachOfAll);
  const key = `reach ${[...ignored].sort((a, b) => a - b).join(' ')}`;
  return yield* heap.answers.get(key, () => newReach(heap, ignored));
}

function reachOfAll(heap: OpenHeap): Reach {
  return new Reach(heap.cells.analysis.distance, new Set());
}

function* newReach(heap: OpenHeap, ignored: readonly HeapObjectId[]): Steps<Reach> {
  const nodes = new Set(ignored.map((id) => heap.nodeOf(id)));
  const column = yield* distancesWithout(heap.graph, nodes, heap.memory);
  // From now on it is counted as what answers keep.
  heap.memory.letGo(column.byteLength);
  return new Reach(new ArrayCells(column), nodes);
}
