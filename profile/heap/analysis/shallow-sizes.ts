import type { BitSet } from '../memory/bit-set.ts';
import type { HeapMemory } from '../memory/heap-memory.ts';
import { DETACHEDNESS, type HeapGraph } from '../model/heap-graph.ts';
import type { MarkedStrings } from './marked-strings.ts';
import { inRanges, part, type Steps } from './steps.ts';
import { EDGE_TYPE, NODE_TYPE } from './type-numbers.ts';

export const EXTERNAL_STRING_DATA = 'system / ExternalStringData';

const NOBODY = 0xffffffff;
const SEVERAL = 0xfffffffe;

/**
 * Who owns each hidden node, array and content of a string: the one object that alone leads to it, or that alone leads to its
 * owners. Every other node owns itself. As Chrome DevTools decides it, which gives what is detached another name first: the content of a
 * string that is detached is none to it.
 *
 * @param detachedness what the file says, passed on; undefined where it says nothing
 * @param owner gets a node, itself for most; more than any node: nobody or several
 * @param stack room for every node
 */
export function* findOwners(
  graph: HeapGraph,
  marked: MarkedStrings,
  detachedness: Uint8Array | undefined,
  owner: Uint32Array,
  stack: Uint32Array,
  isWaiting: BitSet,
): Steps<void> {
  const { length } = graph.nodes;
  const claim = (from: number, to: number) => claimThemselves(graph, marked, detachedness, owner, from, to);
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
  const externals = marked.all(EXTERNAL_STRING_DATA);
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

/**
 * Gives the bytes of every node that is owned to its owner, unless that is the root or one that V8 made up.
 *
 * @param owner undefined: nothing is to be given away, as in snapshots that were asked to show V8's own objects
 */
export function* toShallowSizes(
  graph: HeapGraph,
  owner: Uint32Array | undefined,
  memory: HeapMemory,
): Steps<Sizes> {
  const { selfSize, length } = graph.nodes;
  let sizes: Sizes = selfSize instanceof Uint32Array ? memory.uint32(length) : memory.float64(length);
  sizes.set(selfSize);
  if (owner === undefined) return sizes;
  yield* inRanges(length, (from, to) => {
    sizes = giveAway(graph, owner, sizes, memory, from, to);
  });
  return sizes;
}

type Sizes = Uint32Array<ArrayBuffer> | Float64Array<ArrayBuffer>;

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

function widened(sizes: Uint32Array, memory: HeapMemory): Float64Array<ArrayBuffer> {
  const wide = memory.float64(sizes.length);
  wide.set(sizes);
  memory.release(sizes);
  return wide;
}
