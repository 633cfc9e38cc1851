import type { HeapAnalysis, IndexIntoHeapEdges, IndexIntoHeapNodes } from '../model/heap-graph.ts';
import { EDGE_TYPE, NODE_TYPE } from '../names/node-type.ts';

/** Of an object that is held from everywhere no more edges are looked at. */
const MOST_EDGES = 256;
/** How far up the dominator tree to look whether an edge comes from what an object holds itself. */
const MOST_LEVELS = 64;
/** Tables within tables of V8's own, until an object that a program knows. */
const MOST_TABLES = 4;

/** Types that are of V8's own making: programs do not know them. */
const INTERNAL_TYPES: ReadonlySet<number> = new Set([
  NODE_TYPE.hidden,
  NODE_TYPE.array,
  NODE_TYPE.code,
  NODE_TYPE.synthetic,
  NODE_TYPE['object shape'],
]);

export function isInternal({ graph }: HeapAnalysis, node: IndexIntoHeapNodes): boolean {
  return INTERNAL_TYPES.has(graph.nodes.type[node] as number);
}

/** The edges that hold a node from outside: neither weak ones, nor those from what it holds itself. */
export function holdingEdges(analysis: HeapAnalysis, node: IndexIntoHeapNodes): IndexIntoHeapEdges[] {
  const { firstRetainer, retainingEdge, graph } = analysis;
  const first = firstRetainer[node] as number;
  const end = Math.min(firstRetainer[node + 1] as number, first + MOST_EDGES);
  const edges: number[] = [];
  for (let at = first; at < end; at++) {
    const edge = retainingEdge[at] as number;
    if (graph.edges.type[edge] === EDGE_TYPE.weak) continue;
    if (!isDominatedBy(analysis, analysis.holderOf(edge), node)) edges.push(edge);
  }
  return edges;
}

function isDominatedBy({ dominator }: HeapAnalysis, node: number, by: number): boolean {
  let above = node;
  for (let level = 0; level < MOST_LEVELS; level++) {
    if (above === by) return true;
    const next = dominator[above] as number;
    if (next === above) return false;
    above = next;
  }
  return false;
}

/** The object that a program knows and an internal array or table belongs to: the Map of a table, the Array of its elements. */
export function ownerOf(analysis: HeapAnalysis, node: IndexIntoHeapNodes): IndexIntoHeapNodes {
  let owner = node;
  for (let level = 0; level < MOST_TABLES && analysis.graph.nodes.type[owner] === NODE_TYPE.array; level++) {
    const above = analysis.dominator[owner] as number;
    if (above === 0 || above === owner) break;
    owner = above;
  }
  return owner;
}

/** How many of a sample must be held by one object for it to be what they pile up in. */
const LEAST_HELD_SHARE = 0.5;
/** Objects between the collection and what piles up, such as an entry for each. */
const MOST_STEPS = 3;

export interface CommonHolder {
  readonly holder: IndexIntoHeapNodes;
  /** What it holds directly: the sample itself, or what stands between. */
  readonly held: readonly IndexIntoHeapNodes[];
}

/**
 * The object that holds most of a sample: directly, through its table, or through something of which each has its own. Undefined
 * where there is no such object.
 */
export function findCommonHolder(
  analysis: HeapAnalysis,
  sample: readonly IndexIntoHeapNodes[],
): CommonHolder | undefined {
  let members = sample;
  for (let step = 0; step < MOST_STEPS && members.length > 0; step++) {
    const counts = new Map<number, number>();
    const next = new Set<number>();
    for (const member of members) {
      const holders = holdersOf(analysis, member);
      for (const holder of holders) counts.set(holder, (counts.get(holder) ?? 0) + 1);
      const [nearest] = holders;
      if (nearest !== undefined) next.add(nearest);
    }
    const best = mostCounted(counts);
    if (best !== undefined && best[1] >= Math.max(2, members.length * LEAST_HELD_SHARE))
      return { holder: best[0], held: members };
    members = [...next];
  }
  return undefined;
}

/** Those that a program knows, the nearest to the root first. */
function holdersOf(analysis: HeapAnalysis, member: number): Set<number> {
  const holders = holdingEdges(analysis, member)
    .map((edge) => ownerOf(analysis, analysis.holderOf(edge)))
    .filter((holder) => !isInternal(analysis, holder));
  return new Set(holders.sort((a, b) => depthOf(analysis, a) - depthOf(analysis, b)));
}

function depthOf({ distance }: HeapAnalysis, node: number): number {
  const known = distance[node] as number;
  return known < 0 ? Number.MAX_SAFE_INTEGER : known;
}

function mostCounted(counts: ReadonlyMap<number, number>): [number, number] | undefined {
  let best: [number, number] | undefined;
  for (const entry of counts) if (best === undefined || entry[1] > best[1]) best = entry;
  return best;
}
