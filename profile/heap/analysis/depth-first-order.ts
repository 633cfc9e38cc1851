import type { BitSet } from '../memory/bit-set.ts';
import type { HeapGraph } from '../model/heap-graph.ts';
import { STEP_ROWS, type Steps } from './steps.ts';

/** Of a node that is not reached. */
export const UNNUMBERED = 0xffffffff;

/** Nodes in the order in which a search in depth meets them first; the root has number 0. */
export interface DepthFirstOrder {
  /** By node. */
  readonly number: Uint32Array;
  /** By number. */
  readonly node: Uint32Array;
  /** By number: from which one the search came. */
  readonly parent: Uint32Array;
}

/**
 * Numbers all nodes that essential edges lead to from the root, and from those that none leads to at all: these are taken as
 * held by the root, as in Chrome DevTools.
 *
 * @param order filled
 * @param cursor room for every node
 * @returns how many were reached
 */
export function* numberInDepth(
  graph: HeapGraph,
  essential: BitSet,
  held: BitSet,
  order: DepthFirstOrder,
  cursor: Uint32Array,
): Steps<number> {
  const { firstEdge, length } = graph.nodes;
  const { to } = graph.edges;
  const { number, node: nodeOf, parent } = order;
  number.fill(UNNUMBERED);
  let count = 0;
  let looked = 0;
  let pause = STEP_ROWS;
  for (let start = 0; start < length; start++) {
    if (number[start] !== UNNUMBERED || (start > 0 && held.has(start))) continue;
    number[start] = count;
    nodeOf[count] = start;
    parent[count] = 0;
    let current = count;
    cursor[count++] = firstEdge[start] as number;
    for (;;) {
      const end = firstEdge[(nodeOf[current] as number) + 1] as number;
      const begin = cursor[current] as number;
      let edge = begin;
      let next = UNNUMBERED;
      for (; edge < end; edge++) {
        if (!essential.has(edge)) continue;
        const target = to[edge] as number;
        if (number[target] !== UNNUMBERED) continue;
        next = target;
        break;
      }
      looked += edge - begin;
      if (next === UNNUMBERED) {
        if (nodeOf[current] === start) break;
        current = parent[current] as number;
      } else {
        cursor[current] = edge + 1;
        number[next] = count;
        nodeOf[count] = next;
        parent[count] = current;
        cursor[count] = firstEdge[next] as number;
        current = count++;
      }
      if (looked < pause) continue;
      pause = looked + STEP_ROWS;
      yield Math.min(1, looked / graph.edges.length);
    }
  }
  return count;
}
