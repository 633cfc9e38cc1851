import { BitSet } from '../memory/bit-set.ts';
import type { HeapMemory } from '../memory/heap-memory.ts';
import type { IndexIntoHeapNodes } from '../model/heap-graph.ts';
import { NODE_TYPE } from '../names/node-type.ts';
import type { HeapComparison } from '../query/heap-query.ts';
import type { OpenHeap } from '../query/open-heap.ts';
import { orderById } from './order-by-id.ts';

/** Which objects of two snapshots are the same. */
export interface MatchedObjects {
  /** See `HeapComparison`. */
  readonly idsHold: boolean;
  readonly commonShare: number;
  /** Where the object stands in the earlier snapshot; undefined for a new one. */
  before(later: IndexIntoHeapNodes): IndexIntoHeapNodes | undefined;
  isGone(earlier: IndexIntoHeapNodes): boolean;
}

/**
 * Of ids that both have, so many must stand for the same kind of object. Where ids hold it is all but a few in ten thousand:
 * strings that were made flat since. Two copies of one process agree on half of them by chance, and on nine in ten when both have
 * the numbers of a snapshot before, which was written within the process: then only newer objects have ids of their own.
 */
const LEAST_AGREEMENT = 0.99;
/** Less in common, of the snapshot with fewer objects, is no base for anything: V8's own objects alone are more. */
const LEAST_COMMON = 0.02;

/** Ids of two processes are never the same objects', however well they may seem to agree. */
export function matchObjects(
  later: OpenHeap,
  earlier: OpenHeap,
  processes: HeapComparison['processes'],
): MatchedObjects {
  const { memory } = earlier;
  const counts = { ids: 0, agreeing: 0 };
  /** One more than where the object stands in the earlier snapshot; 0 for a new one. */
  const before = memory.uint32(later.graph.nodes.length);
  const kept = new BitSet(memory.uint32(BitSet.wordsFor(earlier.graph.nodes.length)));
  forEachCommon(later, earlier, memory, (node, nodeBefore) => {
    counts.ids++;
    if (later.graph.nodes.type[node] !== earlier.graph.nodes.type[nodeBefore]) return;
    if (!isSameClass(later.classNameOf(node), earlier.classNameOf(nodeBefore))) return;
    if (isOtherString(later, node, earlier, nodeBefore)) return;
    counts.agreeing++;
    before[node] = nodeBefore + 1;
    kept.add(nodeBefore);
  });
  const fewer = Math.max(1, Math.min(later.graph.nodes.length, earlier.graph.nodes.length));
  const commonShare = counts.agreeing / fewer;
  const agree = counts.agreeing >= counts.ids * LEAST_AGREEMENT && commonShare >= LEAST_COMMON;
  if (processes === 'two' || !agree) {
    memory.release(before);
    memory.release(kept.words);
    return { idsHold: false, commonShare, before: () => undefined, isGone: () => true };
  }
  return {
    idsHold: true,
    commonShare,
    before: (node) => (before[node] ? (before[node] as number) - 1 : undefined),
    isGone: (node) => !kept.has(node),
  };
}

/** Plain objects are named by what many share: another snapshot may have another many. */
function isSameClass(one: string, other: string): boolean {
  return one === other || (isPlain(one) && isPlain(other));
}

/** A string never changes, so one of another size is another one. */
function isOtherString(
  later: OpenHeap,
  node: IndexIntoHeapNodes,
  earlier: OpenHeap,
  before: IndexIntoHeapNodes,
): boolean {
  if (later.graph.nodes.type[node] !== NODE_TYPE.string) return false;
  return later.analysis.shallowSize[node] !== earlier.analysis.shallowSize[before];
}

function isPlain(className: string): boolean {
  return className === 'Object' || className.startsWith('{');
}

function forEachCommon(
  later: OpenHeap,
  earlier: OpenHeap,
  memory: HeapMemory,
  tell: (later: IndexIntoHeapNodes, earlier: IndexIntoHeapNodes) => void,
): void {
  const [ids, idsBefore] = [later.graph.nodes.id, earlier.graph.nodes.id];
  const order = orderById(ids, memory);
  const orderBefore = orderById(idsBefore, memory);
  let [at, atBefore] = [0, 0];
  while (at < order.length && atBefore < orderBefore.length) {
    const [node, nodeBefore] = [order[at] as number, orderBefore[atBefore] as number];
    const difference = (ids[node] as number) - (idsBefore[nodeBefore] as number);
    if (difference === 0) tell(node, nodeBefore);
    if (difference <= 0) at++;
    if (difference >= 0) atBefore++;
  }
  memory.release(order);
  memory.release(orderBefore);
}
