import { type HeapObjectId, type IndexIntoHeapNodes, UNREACHABLE } from '../model/heap-graph.ts';
import { NO_DISTANCE, shownDistance, toDistance } from '../tables/distance.ts';
import { distancesWithout } from '../tables/distances-without.ts';
import type { OpenHeap } from './open-heap.ts';

/** How far all is from the root when some objects do not count. */
export class Reach {
  readonly #distance: Int32Array;
  readonly #ignored: ReadonlySet<IndexIntoHeapNodes>;

  constructor(distance: Int32Array, ignored: ReadonlySet<IndexIntoHeapNodes>) {
    this.#distance = distance;
    this.#ignored = ignored;
  }

  isIgnored(node: IndexIntoHeapNodes): boolean {
    return this.#ignored.has(node);
  }

  /** Whether there is a way from the root. */
  isReached(node: IndexIntoHeapNodes): boolean {
    return this.#distance[node] !== UNREACHABLE;
  }

  /** As in an analysis; `UNREACHABLE` where there is no way but through what is ignored. */
  distanceOf(node: IndexIntoHeapNodes): number {
    return this.#distance[node] as number;
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

/** The distances of the last question: whoever opens a tree of retainers asks again and again with the same ignored. */
interface LastReach {
  key: string;
  reach: Reach | undefined;
  column: Int32Array | undefined;
}

/** @throws HeapObjectError for ids that are not there */
export function reachWithout(heap: OpenHeap, ignored: readonly HeapObjectId[]): Reach {
  if (ignored.length === 0) return heap.keep(reachOfAll);
  const key = [...ignored].sort((a, b) => a - b).join(' ');
  const last = heap.keep(noReach);
  if (last.key === key && last.reach !== undefined) return last.reach;
  const nodes = new Set(ignored.map((id) => heap.nodeOf(id)));
  if (last.column !== undefined) heap.memory.release(last.column);
  last.reach = undefined;
  last.column = undefined;
  const column = distancesWithout(heap.graph, nodes, heap.memory);
  const reach = new Reach(column, nodes);
  Object.assign(last, { key, column, reach });
  return reach;
}

function reachOfAll(heap: OpenHeap): Reach {
  return new Reach(heap.analysis.distance, new Set());
}

function noReach(): LastReach {
  return { key: '', reach: undefined, column: undefined };
}
