import type { HeapAnalysis, IndexIntoHeapEdges, IndexIntoHeapNodes } from '../model/heap-graph.ts';
import { EDGE_TYPE } from '../names/node-type.ts';
import { holdingEdges, isInternal } from './holders.ts';

/** The edge that gives a place its name, and the object or scope the reader knows as its owner. */
export interface FoundPlace {
  readonly edge: IndexIntoHeapEdges;
  readonly owner: IndexIntoHeapNodes;
}

const MOST_STEPS = 12;

/**
 * The field or variable nearest above a node: through elements of arrays and entries of tables upwards until something has a
 * name that a person wrote.
 */
export function findPlace(analysis: HeapAnalysis, node: IndexIntoHeapNodes): FoundPlace | undefined {
  const seen = new Set<number>();
  let at = node;
  for (let step = 0; step < MOST_STEPS; step++) {
    seen.add(at);
    const edge = clearestEdge(analysis, at);
    if (edge === undefined) return undefined;
    const owner = analysis.holderOf(edge);
    if (rankOf(analysis, edge) <= LAST_NAMED_RANK) return { edge, owner };
    if (seen.has(owner)) return undefined;
    at = owner;
  }
  return undefined;
}

/** The one that says most, and of those that of the holder nearest to the root. */
export function clearestEdge(
  analysis: HeapAnalysis,
  node: IndexIntoHeapNodes,
): IndexIntoHeapEdges | undefined {
  let best: number | undefined;
  let [bestRank, bestDistance] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (const edge of holdingEdges(analysis, node)) {
    const rank = rankOf(analysis, edge);
    const known = analysis.distance[analysis.holderOf(edge)] as number;
    const distance = known < 0 ? Number.MAX_SAFE_INTEGER : known;
    if (rank < bestRank || (rank === bestRank && distance < bestDistance)) {
      [best, bestRank, bestDistance] = [edge, rank, distance];
    }
  }
  return best;
}

const LAST_NAMED_RANK = 1;
/** V8's name of the edge from the key of a WeakMap to the value that it keeps alive. */
const ENTRY_OF_WEAK_MAP = /^\d+ \/ part of key .* pair in WeakMap /s;

function isEntryOfWeakMap({ graph }: HeapAnalysis, edge: IndexIntoHeapEdges): boolean {
  return ENTRY_OF_WEAK_MAP.test(graph.strings.text(graph.edges.nameOrIndex[edge] as number));
}

/** The lower, the more a reader makes of it: fields and variables before elements, and those before what V8 calls them. */
function rankOf(analysis: HeapAnalysis, edge: IndexIntoHeapEdges): number {
  const holder = analysis.holderOf(edge);
  switch (analysis.graph.edges.type[edge]) {
    case EDGE_TYPE.property:
      return isInternal(analysis, holder) ? 3 : 0;
    case EDGE_TYPE.context:
      return 1;
    case EDGE_TYPE.element:
      return 2;
    case EDGE_TYPE.internal:
      return isEntryOfWeakMap(analysis, edge) ? 1 : 3;
    default:
      return 3;
  }
}
