import { BitSet } from '../memory/bit-set.ts';
import type { HeapMemory } from '../memory/heap-memory.ts';
import { DETACHEDNESS, type HeapGraph } from '../model/heap-graph.ts';
import { MARKED, type MarkedStrings } from './marked-strings.ts';
import { inRanges, part, type Steps } from './steps.ts';
import { EDGE_TYPE, NODE_TYPE } from './type-numbers.ts';
import { userRoots } from './user-roots.ts';

const NOBODY = 0xffffffff;
const SEVERAL = 0xfffffffe;

export type Sizes = Uint32Array | Float64Array;

/** What is needed to find out whose bytes are whose. */
export interface Owning {
  readonly graph: HeapGraph;
  readonly marked: MarkedStrings;
  /** Passed on. */
  readonly detachedness: Uint8Array | undefined;
  /** Room for every node, as is `stack`. */
  readonly owner: Uint32Array;
  readonly stack: Uint32Array;
  readonly memory: HeapMemory;
}

/** A column for sizes as large as a file's. */
export function newSizes({ nodes: { selfSize, length } }: HeapGraph, memory: HeapMemory): Sizes {
  return selfSize instanceof Uint32Array ? memory.kept.uint32(length) : memory.kept.float64(length);
}

/**
 * The sizes of all nodes, after the bytes of hidden parts were given to whoever owns them.
 *
 * @param sizes is filled
 * @returns the same, or a wider column where one has become too large
 */
export function* findShallowSizes(owning: Owning, sizes: Sizes): Steps<Sizes> {
  const { graph, marked, memory, owner } = owning;
  sizes.set(graph.nodes.selfSize);
  // Without roots nothing is to be given away, as in snapshots that were asked to show V8's own objects.
  if (userRoots(graph, marked).length === 0) return sizes;
  const isWaiting = new BitSet(memory.uint32(BitSet.wordsFor(graph.nodes.length)));
  yield* findOwners(owning, isWaiting);
  memory.release(isWaiting.words);
  return yield* giveAllAway(graph, owner, sizes, memory);
}

/**
 * Who owns each hidden node, array and content of a string: the one object that alone leads to it, or that alone leads to its
 * owners. Every other node owns itself. As Chrome DevTools decides it, which gives what is detached another name first: the content of a
 * string that is detached is none to it. An owner that is more than any node stands for nobody or several.
 */
function* findOwners({ graph, marked, detachedness, owner, stack }: Owning, isWaiting: BitSet): Steps<void> {
  const { length } = graph.nodes;
  const told = graph.nodes.detachedness === undefined ? undefined : detachedness;
  const claim = (from: number, to: number) => claimThemselves(graph, marked, told, owner, from, to);
  yield* part(0, SHARE_OF_CLAIMS, inRanges(length, claim));
  const claimAll = inRanges(length, (from, to) => {
    for (let node = from; node < to; node++) {
      if (owner[node] === node) claimParts(graph, owner, stack, isWaiting, node);
    }
  });
  yield* part(SHARE_OF_CLAIMS, 1, claimAll);
}

/** Of nodes that own themselves; the rest goes to what they lead to. */
const SHARE_OF_CLAIMS = 0.2;

/** Tells all that an object leads to over parts alone whose it is. */
function claimParts(
  graph: HeapGraph,
  owner: Uint32Array,
  stack: Uint32Array,
  isWaiting: BitSet,
  start: number,
): void {
  const { firstEdge } = graph.nodes;
  const { type, to } = graph.edges;
  const { weak } = EDGE_TYPE;
  let height = 0;
  let node = start;
  for (;;) {
    const owning = owner[node] as number;
    const end = firstEdge[node + 1] as number;
    for (let edge = firstEdge[node] as number; edge < end; edge++) {
      const held = to[edge] as number;
      const before = owner[held] as number;
      if (before === held || before === owning || before === SEVERAL || type[edge] === weak) continue;
      owner[held] = before === NOBODY ? owning : SEVERAL;
      if (isWaiting.has(held)) continue;
      isWaiting.add(held);
      stack[height++] = held;
    }
    if (height === 0) return;
    node = stack[--height] as number;
    isWaiting.delete(node);
  }
}

function claimThemselves(
  graph: HeapGraph,
  marked: MarkedStrings,
  detachedness: Uint8Array | undefined,
  owner: Uint32Array,
  from: number,
  to: number,
): void {
  const { type, name } = graph.nodes;
  const externals = marked.all(MARKED.externalStringData);
  for (let node = from; node < to; node++) {
    const nodeType = type[node];
    const isPart =
      nodeType === NODE_TYPE.hidden ||
      nodeType === NODE_TYPE.array ||
      (nodeType === NODE_TYPE.native &&
        externals.includes(name[node] as number) &&
        detachedness?.[node] !== DETACHEDNESS.detached);
    owner[node] = isPart ? NOBODY : node;
  }
}

/** Gives the bytes of every node that is owned to its owner, unless that is the root or one that V8 made up. */
function* giveAllAway(graph: HeapGraph, owner: Uint32Array, before: Sizes, memory: HeapMemory): Steps<Sizes> {
  let sizes = before;
  yield* inRanges(graph.nodes.length, (from, to) => {
    sizes = giveAway(graph, owner, sizes, memory, from, to);
  });
  return sizes;
}

/** @returns the sizes, in a wider column where one has become too large */
function giveAway(
  { nodes: { type } }: HeapGraph,
  owner: Uint32Array,
  before: Sizes,
  memory: HeapMemory,
  from: number,
  to: number,
): Sizes {
  let sizes = before;
  for (let node = from; node < to; node++) {
    const owning = owner[node] as number;
    if (owning === node || owning >= SEVERAL || owning === 0 || type[owning] === NODE_TYPE.synthetic)
      continue;
    const sum = (sizes[owning] as number) + (sizes[node] as number);
    if (sum > 0xffffffff && sizes instanceof Uint32Array) sizes = widened(sizes, memory);
    sizes[owning] = sum;
    sizes[node] = 0;
  }
  return sizes;
}

function widened(sizes: Uint32Array, memory: HeapMemory): Float64Array {
  const wide = memory.kept.float64(sizes.length);
  wide.set(sizes);
  memory.release(sizes);
  return wide;
}
