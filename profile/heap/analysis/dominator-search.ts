import { BitSet } from '../memory/bit-set.ts';
import type { HeapMemory } from '../memory/heap-memory.ts';
import type { HeapGraph } from '../model/heap-graph.ts';
import { type DepthFirstOrder, numberInDepth } from './depth-first-order.ts';
import { findDominators, listHolders } from './dominators.ts';
import { EssentialEdges } from './essential-edges.ts';
import { inRanges, type Steps } from './steps.ts';
import { WeakMapTables } from './weak-map-tables.ts';

/**
 * Dominators and what they retain, in parts: `number`, `listHolders`, `find`, `fillIn`, `sumUp`. What each needs can be made meanwhile. It
 * works in room that it is given, and uses it again for one thing after another: memory that was in use already costs less than fresh one.
 */
export class DominatorSearch {
  readonly #graph: HeapGraph;
  readonly #pageOwned: BitSet;
  readonly #tables: WeakMapTables;
  readonly #essential: EssentialEdges;
  readonly #order: DepthFirstOrder;
  readonly #memory: HeapMemory;
  #reached = 0;

  /** @param order room for every node: `number` and `parent` are of no use any more after `fillIn`, `node` after `sumUp` */
  constructor(graph: HeapGraph, order: DepthFirstOrder, memory: HeapMemory) {
    this.#graph = graph;
    this.#memory = memory;
    this.#pageOwned = this.#newBits();
    this.#tables = new WeakMapTables(graph, memory);
    this.#essential = new EssentialEdges(graph, this.#tables, this.#pageOwned);
    this.#order = order;
  }

  /** @param stack room for every edge */
  *number(stack: Uint32Array): Steps<void> {
    const scratch = {
      essential: this.#essential,
      seen: this.#newBits(),
      held: this.#newBits(),
      stack: stack.length > 0 ? stack : new Uint32Array(1),
    };
    this.#reached = yield* numberInDepth(this.#graph, this.#order, scratch, this.#pageOwned);
    for (const { words } of [scratch.held, scratch.seen]) this.#memory.release(words);
  }

  /**
   * @param first where the list of each node begins in `holders`
   * @param holders gets for each edge the number of the node that holds
   */
  *listHolders(first: Uint32Array, holders: Uint32Array): Steps<void> {
    yield* listHolders(this.#graph, this.#essential, this.#order.number, first, holders);
    this.#memory.release(this.#pageOwned.words);
    this.#tables.release();
  }

  /** Of numbers first. @param links room for two entries of every node */
  *find(first: Uint32Array, holders: Uint32Array, links: Uint32Array): Steps<void> {
    const { node, parent, number: semi } = this.#order;
    yield* findDominators({ node, parent }, this.#reached, first, holders, semi, links, this.#memory);
  }

  /** @param dominator gets that of every node; of what is not reached the root */
  *fillIn(dominator: Uint32Array): Steps<void> {
    const { node, parent } = this.#order;
    dominator.fill(0);
    yield* inRanges(this.#reached, (from, to) => {
      for (let at = Math.max(1, from); at < to; at++)
        dominator[node[at] as number] = node[parent[at] as number] as number;
    });
  }

  /**
   * What each node retains: in the order of the search nobody comes before its dominator. What is not in it, the root holds.
   *
   * @param retained filled
   */
  *sumUp(
    shallowSize: Uint32Array | Float64Array,
    dominator: Uint32Array,
    retained: Float64Array,
  ): Steps<void> {
    const { node } = this.#order;
    const reached = this.#reached;
    retained.set(shallowSize);
    let all = 0;
    yield* inRanges(shallowSize.length, (from, to) => {
      for (let at = from; at < to; at++) all += shallowSize[at] as number;
    });
    yield* inRanges(reached - 1, (from, to) =>
      addToDominators(retained, dominator, node, reached - to, reached - from),
    );
    retained[0] = all;
  }

  /** One for every node. */
  #newBits(): BitSet {
    return new BitSet(this.#memory.uint32(BitSet.wordsFor(this.#graph.nodes.length)));
  }
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
