import { BitSet } from '../memory/bit-set.ts';
import type { HeapMemory } from '../memory/heap-memory.ts';
import {
  type HeapGraph,
  type IndexIntoHeapNodes,
  SYSTEM_DISTANCE,
  UNREACHABLE,
} from '../model/heap-graph.ts';
import { MARKED, type MarkedStrings } from './marked-strings.ts';
import { STEP_ROWS, type Steps } from './steps.ts';
import { EDGE_TYPE, NODE_TYPE } from './type-numbers.ts';
import { userRoots } from './user-roots.ts';

/**
 * Counts edges from the user's roots, then from the root for what they do not reach, as Chrome DevTools does: not through weak
 * edges, nor through some that V8 shares between objects that have nothing to do with each other; and to a value in a WeakMap
 * only through the second of its two edges that is met, the longer way.
 */
export class DistanceWalk {
  /** The user's roots: one that the root names twice is there twice. */
  readonly roots: readonly IndexIntoHeapNodes[];
  readonly #graph: HeapGraph;
  readonly #passable: PassableEdges;
  readonly #seen: BitSet;
  readonly #distance: Int32Array;
  readonly #memory: HeapMemory;

  /**
   * @param seen what is in it already is not walked through
   * @param distance gets that of each node, `UNREACHABLE` for those that are not walked to
   */
  constructor(
    graph: HeapGraph,
    marked: MarkedStrings,
    seen: BitSet,
    distance: Int32Array,
    memory: HeapMemory,
  ) {
    this.#graph = graph;
    this.#seen = seen;
    this.#memory = memory;
    this.#passable = new PassableEdges(graph, marked, memory);
    this.roots = userRoots(graph, marked);
    this.#distance = distance.fill(UNREACHABLE);
  }

  /** @param queue room for every node */
  *fromUserRoots(queue: Uint32Array): Steps<void> {
    const { roots } = this;
    const unique = new Set(roots);
    for (const root of unique) {
      this.#seen.add(root);
      this.#distance[root] = 1;
    }
    // One that is there twice is walked through twice, which may be what opens a WeakMap.
    const isRoomy = unique.size === roots.length;
    const first = isRoomy ? queue : new Uint32Array(queue.length + roots.length);
    first.set(roots);
    yield* walk(this.#graph, this.#passable, this.#distance, first, roots.length, this.#seen, 1);
  }

  *fromRoot(queue: Uint32Array): Steps<void> {
    const far = this.roots.length > 0 ? SYSTEM_DISTANCE : 0;
    this.#distance[0] = far;
    this.#seen.add(0);
    queue[0] = 0;
    yield* walk(this.#graph, this.#passable, this.#distance, queue, 1, this.#seen, far);
  }

  /** Gives back all but the distances and what was seen. */
  release(): void {
    this.#memory.release(this.#passable.special.words);
  }
}

/** Where a walk is: what is queued from `at` to `levelEnd` is as far away as `far`, the rest one further. */
interface Walk {
  at: number;
  levelEnd: number;
  length: number;
  far: number;
}

function* walk(
  graph: HeapGraph,
  passable: PassableEdges,
  distance: Int32Array,
  queue: Uint32Array,
  queued: number,
  seen: BitSet,
  far: number,
): Steps<void> {
  const state: Walk = { at: 0, levelEnd: queued, length: queued, far };
  while (state.at < state.length) {
    walkSome(graph, passable, distance, queue, seen, state);
    yield Math.min(1, state.at / graph.nodes.length);
    if (state.at < state.levelEnd) continue;
    state.levelEnd = state.length;
    state.far++;
  }
}

function walkSome(
  graph: HeapGraph,
  passable: PassableEdges,
  distance: Int32Array,
  queue: Uint32Array,
  seen: BitSet,
  state: Walk,
): void {
  const { firstEdge } = graph.nodes;
  const { type, to, nameOrIndex } = graph.edges;
  const { weak, internal } = EDGE_TYPE;
  const { special } = passable;
  const { levelEnd } = state;
  const next = state.far + 1;
  let { at, length } = state;
  let left = STEP_ROWS;
  while (at < levelEnd && left > 0) {
    const node = queue[at++] as number;
    const begin = firstEdge[node] as number;
    const end = firstEdge[node + 1] as number;
    const isSpecial = special.has(node);
    for (let edge = begin; edge < end; edge++) {
      const target = to[edge] as number;
      if (seen.has(target)) continue;
      const edgeType = type[edge];
      if (edgeType === weak) continue;
      const isPlain = !isSpecial && (edgeType !== internal || !passable.isHalf(nameOrIndex[edge] as number));
      if (!isPlain && !passable.allows(node, edge)) continue;
      seen.add(target);
      distance[target] = next;
      queue[length++] = target;
    }
    left -= end - begin + 1;
  }
  state.at = at;
  state.length = length;
}

/** Which edges count on the way; it remembers the first half of each pair of a WeakMap. */
class PassableEdges {
  readonly #graph: HeapGraph;
  readonly #marked: MarkedStrings;
  /** Nodes of whose edges more decides than their type and name. */
  readonly special: BitSet;
  readonly #sharedMaps: readonly number[];
  readonly #waiting = new Set<number>();

  constructor(graph: HeapGraph, marked: MarkedStrings, memory: HeapMemory) {
    this.#graph = graph;
    this.#marked = marked;
    const special = new BitSet(memory.uint32(BitSet.wordsFor(graph.nodes.length)));
    this.special = special;
    this.#sharedMaps = marked.all(MARKED.sloppyFunctionMap);
    const contexts = marked.all(MARKED.nativeContext);
    const descriptors = marked.all(MARKED.mapDescriptors);
    const { type, name, length } = graph.nodes;
    for (let node = 0; node < length; node++) {
      const isHidden = type[node] === NODE_TYPE.hidden;
      if (!isHidden && type[node] !== NODE_TYPE.array) continue;
      if ((isHidden ? contexts : descriptors).includes(name[node] as number)) special.add(node);
    }
  }

  /** Whether an internal edge of that name is one of two. */
  isHalf(name: number): boolean {
    return this.#marked.isWeakMapEdge(name);
  }

  allows(node: number, edge: number): boolean {
    const { nodes, edges } = this.#graph;
    const name = edges.nameOrIndex[edge] as number;
    const isNumbered = edges.type[edge] === EDGE_TYPE.element || edges.type[edge] === EDGE_TYPE.hidden;
    if (this.special.has(node)) {
      if (nodes.type[node] === NODE_TYPE.array) return this.#allowsDescriptor(name, isNumbered);
      if (!isNumbered && this.#sharedMaps.includes(name)) return false;
    }
    if (edges.type[edge] !== EDGE_TYPE.internal || !this.isHalf(name)) return true;
    const pair = this.#marked.pairOf(name);
    if (this.#waiting.delete(pair)) return true;
    this.#waiting.add(pair);
    return false;
  }

  /** Every third entry from the fourth on is the map of whoever came first, which all that share the descriptors would seem to hold. */
  #allowsDescriptor(name: number, isNumbered: boolean): boolean {
    const index = isNumbered ? name : Number.parseInt(this.#graph.strings.text(name), 10);
    return index < 2 || index % 3 !== 1;
  }
}
