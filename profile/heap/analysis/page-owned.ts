import type { BitSet } from '../memory/bit-set.ts';
import type { HeapGraph, IndexIntoHeapNodes } from '../model/heap-graph.ts';
import { STEP_ROWS, type Steps } from './steps.ts';
import { EDGE_TYPE } from './type-numbers.ts';
import { isDocumentTrees, marksBelowRoot } from './user-roots.ts';

/** Where users' objects begin as far as ownership goes: global objects and documents. */
export function pageRoots(graph: HeapGraph): IndexIntoHeapNodes[] {
  const { type, to } = graph.edges;
  const marked = marksBelowRoot(graph);
  const roots: IndexIntoHeapNodes[] = [];
  for (let edge = 0; edge < (graph.nodes.firstEdge[1] as number); edge++) {
    const node = to[edge] as number;
    const isRoot =
      type[edge] === EDGE_TYPE.shortcut ||
      (type[edge] === EDGE_TYPE.element && isDocumentTrees(graph, marked, node));
    if (isRoot) roots.push(node);
  }
  return roots;
}

/**
 * Marks all that is reached: what users' code owns, as against what V8 and a debugger keep for themselves.
 *
 * @param from to go on from, marked or not
 * @param owned may have nodes already: of them none is gone on from
 * @param stack room for every node
 */
export function* markPageOwned(
  graph: Pick<HeapGraph, 'nodes' | 'edges'>,
  from: Iterable<IndexIntoHeapNodes>,
  owned: BitSet,
  stack: Uint32Array,
): Steps<void> {
  const { length } = graph.edges;
  let height = 0;
  for (const node of from) {
    if (owned.has(node)) continue;
    owned.add(node);
    stack[height++] = node;
  }
  for (let looked = 0; height > 0; looked += STEP_ROWS) {
    height = markSome(graph, owned, stack, height);
    yield Math.min(1, looked / length);
  }
}

/** @returns how much is left on the stack */
function markSome(
  graph: Pick<HeapGraph, 'nodes' | 'edges'>,
  owned: BitSet,
  stack: Uint32Array,
  before: number,
): number {
  const { firstEdge } = graph.nodes;
  const { type, to } = graph.edges;
  const { weak } = EDGE_TYPE;
  let height = before;
  let left = STEP_ROWS;
  while (height > 0 && left > 0) {
    const node = stack[--height] as number;
    const begin = firstEdge[node] as number;
    const end = firstEdge[node + 1] as number;
    for (let edge = begin; edge < end; edge++) {
      const held = to[edge] as number;
      if (owned.has(held) || type[edge] === weak) continue;
      owned.add(held);
      stack[height++] = held;
    }
    left -= end - begin;
  }
  return height;
}
