import { BitSet } from '../memory/bit-set.ts';
import type { HeapMemory } from '../memory/heap-memory.ts';
import type { HeapAnalysis, HeapGraph, HeapPhase, HeapProgress } from '../model/heap-graph.ts';
import { spreadDetachedness } from './detachedness.ts';
import { DistanceWalk } from './distances.ts';
import { DominatorSearch } from './dominator-search.ts';
import { HeapColumns } from './heap-columns.ts';
import { MarkedStrings } from './marked-strings.ts';
import { countRetainers, listRetainers } from './retainers.ts';
import { findShallowSizes, newSizes } from './shallow-sizes.ts';
import type { Steps } from './steps.ts';

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
  const marked = new MarkedStrings(graph.strings, memory);
  yield* during('sizes', marked.find());

  // The first of all, as it decides whose bytes are whose.
  const detachedness = spreadDetachedness(graph, memory);

  // Room that every step uses in its own way: a stack, a queue, numbers.
  const [a, b] = [memory.uint32(length), memory.uint32(length)];
  const owning = { graph, marked, detachedness, owner: a, stack: b, memory };
  const shallowSize = yield* during('sizes', findShallowSizes(owning, newSizes(graph, memory)));

  const firstRetainer = memory.kept.uint32(length + 1);
  yield* during('retainers', countRetainers(graph, firstRetainer));
  // First the numbers of the nodes that hold, then the edges by which they do.
  const retainingEdge = memory.kept.uint32(graph.edges.length);

  const distance = memory.kept.int32(length);
  const seen = new BitSet(memory.uint32(BitSet.wordsFor(length)));
  const walk = new DistanceWalk(graph, marked, seen, distance, memory);
  yield* during('sizes', walk.fromUserRoots(b));
  yield* during('sizes', walk.fromRoot(b));
  walk.release();
  memory.release(seen.words);

  const order = { number: a, node: b, parent: memory.uint32(length) };
  const search = new DominatorSearch(graph, order, memory);
  yield* during('dominators', search.number(retainingEdge));
  yield* during('retainers', search.listHolders(firstRetainer, retainingEdge));
  marked.release(memory);
  const links = memory.kept.uint32(2 * length);
  yield* during('dominators', search.find(firstRetainer, retainingEdge, links));
  const dominator = memory.kept.uint32(length);
  yield* during('dominators', search.fillIn(dominator));
  for (const column of [order.number, order.parent]) memory.release(column);
  // As large, and of no other use any more.
  const retainedSize = new Float64Array(links.buffer);
  yield* during('sizes', search.sumUp(shallowSize, dominator, retainedSize));
  memory.release(order.node);
  yield* during('retainers', listRetainers(graph, firstRetainer, retainingEdge));

  return new HeapColumns({
    graph,
    firstRetainer,
    retainingEdge,
    dominator,
    shallowSize,
    retainedSize,
    distance,
    detachedness,
  });
}
