import type { BitSet } from '../memory/bit-set.ts';
import { type HeapGraph, SYSTEM_DISTANCE, UNREACHABLE } from '../model/heap-graph.ts';
import type { MarkedStrings } from './marked-strings.ts';
import { STEP_ROWS, type Steps } from './steps.ts';
import { EDGE_TYPE, NODE_TYPE } from './type-numbers.ts';
import { userRoots } from './user-roots.ts';

export const NATIVE_CONTEXT = 'system / NativeContext';
export const SLOPPY_FUNCTION_MAP = 'sloppy_function_map';
export const MAP_DESCRIPTORS = '(map descriptors)';

/**
 * Counts edges from the user's roots, then from the root for what they do not reach, as Chrome DevTools does: not through weak
 * edges, nor through some that V8 shares between objects that have nothing to do with each other; and to a value in a WeakMap
 * only through the second of its two edges that is met, the longer way.
 *
 * @param distance gets one for each node
 * @param queue room for every node
 * @param seen empty
 */
export function* countDistances(
  graph: HeapGraph,
  marked: MarkedStrings,
  distance: Int32Array,
  queue: Uint32Array,
  seen: BitSet,
): Steps<void> {
  distance.fill(UNREACHABLE);
  const passable = new PassableEdges(graph, marked);
  const roots = userRoots(graph, marked);
  // One that the root names twice is walked through twice, which may be what opens a WeakMap.
  const unique = new Set(roots);
  for (const root of unique) {
    seen.add(root);
    distance[root] = 1;
  }
  const first = unique.size === roots.length ? queue : new Uint32Array(graph.nodes.length + roots.length);
  first.set(roots);
  yield* walk(graph, passable, distance, first, roots.length, seen);
  distance[0] = roots.length > 0 ? SYSTEM_DISTANCE : 0;
  seen.add(0);
  queue[0] = 0;
  yield* walk(graph, passable, distance, queue, 1, seen);
}

function* walk(
  graph: HeapGraph,
  passable: PassableEdges,
  distance: Int32Array,
  queue: Uint32Array,
  queued: number,
  seen: BitSet,
): Steps<void> {
  const state = { at: 0, length: queued };
  while (state.at < state.length) {
    walkSome(graph, passable, distance, queue, seen, state);
    yield state.at / graph.nodes.length;
  }
}

function walkSome(
  graph: HeapGraph,
  passable: PassableEdges,
  distance: Int32Array,
  queue: Uint32Array,
  seen: BitSet,
  state: { at: number; length: number },
): void {
  const { firstEdge } = graph.nodes;
  const { type, to, nameOrIndex } = graph.edges;
  const { weak, internal } = EDGE_TYPE;
  let { at, length } = state;
  let left = STEP_ROWS;
  while (at < length && left > 0) {
    const node = queue[at++] as number;
    const next = (distance[node] as number) + 1;
    const begin = firstEdge[node] as number;
    const end = firstEdge[node + 1] as number;
    const isSpecial = passable.isSpecial(node);
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
  readonly #contexts: readonly number[];
  readonly #descriptors: readonly number[];
  readonly #sharedMaps: readonly number[];
  readonly #waiting = new Set<number>();

  constructor(graph: HeapGraph, marked: MarkedStrings) {
    this.#graph = graph;
    this.#marked = marked;
    this.#contexts = marked.all(NATIVE_CONTEXT);
    this.#descriptors = marked.all(MAP_DESCRIPTORS);
    this.#sharedMaps = marked.all(SLOPPY_FUNCTION_MAP);
  }

  /** Whether more than the type of an edge and its name decides. */
  isSpecial(node: number): boolean {
    const { type, name } = this.#graph.nodes;
    if (type[node] === NODE_TYPE.hidden) return this.#contexts.includes(name[node] as number);
    return type[node] === NODE_TYPE.array && this.#descriptors.includes(name[node] as number);
  }

  /** Whether an internal edge of that name is one of two. */
  isHalf(name: number): boolean {
    return this.#marked.isWeakMapEdge(name);
  }

  allows(node: number, edge: number): boolean {
    const { nodes, edges } = this.#graph;
    const name = edges.nameOrIndex[edge] as number;
    const isNumbered = edges.type[edge] === EDGE_TYPE.element || edges.type[edge] === EDGE_TYPE.hidden;
    if (this.isSpecial(node)) {
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
