import {
  type HeapAnalysis,
  type IndexIntoHeapNodes,
  SYSTEM_DISTANCE,
  UNREACHABLE,
} from '../model/heap-graph.ts';

/** Of what is not reached: behind everything that is. */
export const NO_DISTANCE = 0x7fffffff;

/** Edges from the root; `NO_DISTANCE` where there is no way but V8's own. */
export function distanceOf({ distance }: HeapAnalysis, node: IndexIntoHeapNodes): number {
  return toDistance(distance[node] as number);
}

export function toDistance(known: number): number {
  return known === UNREACHABLE || known >= SYSTEM_DISTANCE ? NO_DISTANCE : known;
}

/** As it stands in a row. */
export function shownDistance(distance: number): number | undefined {
  return distance === NO_DISTANCE ? undefined : distance;
}
