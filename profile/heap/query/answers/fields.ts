import { type FilterTerm, testText } from '../../filter/heap-filter.ts';
import { parseHeapFilter } from '../../filter/parse-filter.ts';
import { type Predicate, toPredicate } from '../../filter/to-predicate.ts';
import type { IndexIntoHeapEdges } from '../../model/heap-graph.ts';
import { edgeName } from '../../names/edge-name.ts';
import { EDGE_TYPE } from '../../names/node-type.ts';
import type { HeapQuery, HeapReferenceRow, HeapRows } from '../heap-query.ts';
import { objectPredicate } from '../matching/object-predicate.ts';
import { TextSearches } from '../matching/text-searches.ts';
import type { OpenHeap } from '../open-heap.ts';
import { pageOf } from '../page.ts';
import { referenceRow } from './retainers.ts';

/** Properties as they stand, then elements, then what V8 keeps for itself, and weak references last. */
export function answerFields(
  heap: OpenHeap,
  { object, filter, page }: HeapQuery & { ask: 'fields' },
): HeapRows<HeapReferenceRow> {
  const { nodes, edges } = heap.cells.analysis.graph;
  const node = heap.nodeOf(object);
  const first = nodes.firstEdge.get(node);
  const searches = new TextSearches(heap);
  const isWanted = toPredicate(parseHeapFilter(filter), (term) => fieldPredicate(heap, term, searches));
  const end = nodes.firstEdge.get(node + 1);
  const rows = new Uint32Array(end - first);
  let length = 0;
  for (let edge = first; edge < end; edge++) if (isWanted(edge)) rows[length++] = edge;
  const rank = (edge: IndexIntoHeapEdges) => RANKS[edges.type.get(edge)] ?? 0;
  return pageOf(
    rows.subarray(0, length),
    page,
    (a, b) => rank(a) - rank(b) || a - b,
    (edge) => referenceRow(heap, edge, edges.to.get(edge)),
  );
}

const RANKS: readonly number[] = Object.entries({
  property: 0,
  context: 1,
  element: 2,
  shortcut: 3,
  internal: 4,
  hidden: 5,
  weak: 6,
} as const).reduce<number[]>((ranks, [type, rank]) => {
  ranks[EDGE_TYPE[type as keyof typeof EDGE_TYPE]] = rank;
  return ranks;
}, []);

/** A name is the field's own; a word is looked for in the field and in what it holds. */
function fieldPredicate(heap: OpenHeap, term: FilterTerm, searches: TextSearches): Predicate {
  const { graph } = heap.cells.analysis;
  const { to } = graph.edges;
  if (term.kind === 'name') return (edge) => testText(term.test, edgeName(graph, edge));
  const held = objectPredicate(heap, term, searches);
  if (term.kind !== 'text') return (edge) => held(to.get(edge));
  return (edge) => testText(term.test, edgeName(graph, edge)) || held(to.get(edge));
}
