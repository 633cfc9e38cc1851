import { BitSet } from '../memory/bit-set.ts';
import type { HeapMemory } from '../memory/heap-memory.ts';
import type { HeapAnalysis, HeapGraph, HeapPhase, HeapProgress } from '../model/heap-graph.ts';
import type { DepthFirstOrder } from './depth-first-order.ts';
import { numberInDepth } from './depth-first-order.ts';
import { spreadDetachedness } from './detachedness.ts';
import { DistanceWalk, MAP_DESCRIPTORS, NATIVE_CONTEXT, SLOPPY_FUNCTION_MAP } from './distances.ts';
import { findDominators, listHolders } from './dominators.ts';
import { EssentialEdges } from './essential-edges.ts';
import { HeapColumns } from './heap-columns.ts';
import { MarkedStrings } from './marked-strings.ts';
import { markPageOwned, pageRoots } from './page-owned.ts';
import { countRetainers, listRetainers } from './retainers.ts';
import { EXTERNAL_STRING_DATA, findOwners, toShallowSizes } from './shallow-sizes.ts';
import { inRanges, type Steps } from './steps.ts';
import { DOCUMENT_TREES, userRoots } from './user-roots.ts';

const MARKED = [DOCUMENT_TREES, EXTERNAL_STRING_DATA, MAP_DESCRIPTORS, NATIVE_CONTEXT, SLOPPY_FUNCTION_MAP];

/**
 * Works out who holds whom and how much would go with each node, equal to Chrome DevTools for every node. It stops every few
 * milliseconds to tell how far it is; whoever runs it goes on, does something else first, or drops it and with it all memory.
 *
 * @throws ProfileMemoryError when `memory` does not suffice
 */
export function* analyseHeap(
  graph: HeapGraph,
  memory: HeapMemory,
): Generator<HeapProgress, HeapAnalysis, void> {
  const { length } = graph.nodes;
  const during = function* <Result>(
    phase: HeapPhase,
    steps: Steps<Result>,
  ): Generator<HeapProgress, Result, void> {
    for (let step = steps.next(); ; step = steps.next()) {
      if (step.done) return step.value;
      yield { phase, share: step.value, memoryBytes: memory.usedBytes };
    }
  };
  const bits = (rows: number) => new BitSet(memory.uint32(BitSet.wordsFor(rows)));
  const marked = new MarkedStrings(graph.strings, memory);
  yield* during('sizes', marked.find(MARKED));

  // The first of all, as it decides whose bytes are whose.
  const detachedness = spreadDetachedness(graph, memory);
  const told = graph.nodes.detachedness === undefined ? undefined : detachedness;

  // Room that every step uses in its own way: a stack, a queue, numbers.
  const [a, b] = [memory.uint32(length), memory.uint32(length)];
  const waiting = bits(length);
  const hasUserRoots = userRoots(graph, marked).length > 0;
  if (hasUserRoots) yield* during('sizes', findOwners(graph, marked, told, a, b, waiting));
  const shallowSize = yield* during('sizes', toShallowSizes(graph, hasUserRoots ? a : undefined, memory));
  memory.release(waiting.words);

  const firstRetainer = memory.uint32(length + 1);
  yield* during('retainers', countRetainers(graph, firstRetainer));
  // First the numbers of the nodes that hold, then the edges by which they do.
  const retainingEdge = memory.uint32(graph.edges.length);

  const seen = bits(length);
  const walk = new DistanceWalk(graph, marked, seen, memory);
  yield* during('sizes', walk.fromUserRoots(b));
  const pageOwned = bits(length);
  const owners = pageRoots(graph, marked);
  // Where both begin at the same objects, as they nearly always do, most is found already.
  const isFound = owners.length === walk.roots.length && owners.every((each, at) => each === walk.roots[at]);
  if (isFound) pageOwned.words.set(seen.words);
  yield* during('dominators', markPageOwned(graph, isFound ? walk.passedBy : owners, pageOwned, a));
  yield* during('sizes', walk.fromRoot(b));
  walk.release();
  memory.release(seen.words);

  const c = memory.uint32(length);
  const order: DepthFirstOrder = { number: a, node: b, parent: c };
  const essential = new EssentialEdges(graph, marked, pageOwned);
  const [found, held] = [bits(length), bits(length)];
  const stack = retainingEdge.length > 0 ? retainingEdge : new Uint32Array(1);
  const search = numberInDepth(graph, order, { essential, seen: found, stack }, held);
  const reached = yield* during('dominators', search);
  for (const done of [held, found]) memory.release(done.words);
  yield* during('retainers', listHolders(graph, essential, a, firstRetainer, retainingEdge));
  memory.release(pageOwned.words);
  marked.release(memory);

  // From here on nobody asks for a node's number. The column of dominators serves for semidominators before it is filled.
  const dominator = memory.uint32(length);
  const dominators = findDominators(order, reached, firstRetainer, retainingEdge, dominator, memory);
  yield* during('dominators', dominators);
  memory.release(a);

  dominator.fill(0);
  const toNodes = inRanges(reached, (from, to) => {
    for (let at = Math.max(1, from); at < to; at++) dominator[b[at] as number] = b[c[at] as number] as number;
  });
  yield* during('sizes', toNodes);
  const retainedSize = yield* during('sizes', toRetainedSizes(shallowSize, dominator, b, reached, memory));
  for (const done of [b, c]) memory.release(done);
  yield* during('retainers', listRetainers(graph, firstRetainer, retainingEdge));

  return new HeapColumns({
    graph,
    firstRetainer,
    retainingEdge,
    dominator,
    shallowSize,
    retainedSize,
    distance: walk.distance,
    detachedness,
  });
}

/** @param node in the order of a search in depth, in which nobody comes before its dominator; what is not in it, the root holds */
function* toRetainedSizes(
  shallowSize: Uint32Array | Float64Array,
  dominator: Uint32Array,
  node: Uint32Array,
  reached: number,
  memory: HeapMemory,
): Steps<Float64Array> {
  const retained = memory.float64(shallowSize.length);
  retained.set(shallowSize);
  let all = 0;
  yield* inRanges(shallowSize.length, (from, to) => {
    for (let at = from; at < to; at++) all += shallowSize[at] as number;
  });
  yield* inRanges(reached - 1, (from, to) =>
    addToDominators(retained, dominator, node, reached - to, reached - from),
  );
  retained[0] = all;
  return retained;
}

/** For the numbers from `from` to before `to`, the last first. */
function addToDominators(
  retained: Float64Array,
  dominator: Uint32Array,
  node: Uint32Array,
  from: number,
  to: number,
): void {
  for (let at = to - 1; at >= from; at--) {
    const current = node[at] as number;
    const above = dominator[current] as number;
    retained[above] = (retained[above] as number) + (retained[current] as number);
  }
}
