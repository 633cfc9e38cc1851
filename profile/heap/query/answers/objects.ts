import { NumberColumn } from '../../../model/number-column.ts';
import { inRanges, type Steps } from '../../analysis/steps.ts';
import { parseHeapFilter } from '../../filter/parse-filter.ts';
import { toPredicate } from '../../filter/to-predicate.ts';
import type { HeapObjectRow, HeapQuery, HeapRows } from '../heap-query.ts';
import { objectPredicate } from '../matching/object-predicate.ts';
import { TextSearches } from '../matching/text-searches.ts';
import type { OpenHeap } from '../open-heap.ts';
import { toObjectOrder } from '../order.ts';
import { RowList } from '../row-list.ts';

/** Rows that are looked at between two stops: of each several things may be asked. */
const STEP_ROWS = 1 << 14;

/** What was matched is kept: the next pages need no second search. @throws HeapFilterError, or HeapObjectError for a class that is not there */
export function* answerObjects(
  heap: OpenHeap,
  query: HeapQuery & { ask: 'objects' },
): Steps<HeapRows<HeapObjectRow>> {
  const key = JSON.stringify(['objects', query.className, query.filter]);
  const list = yield* heap.answers.get(key, () => matchObjects(heap, query));
  return yield* list.page(query.page, toObjectOrder(heap, query.order), (node) => heap.row(node));
}

function* matchObjects(
  heap: OpenHeap,
  { className, filter }: HeapQuery & { ask: 'objects' },
): Steps<RowList> {
  const members = className === undefined ? undefined : heap.membersOf(heap.classNamed(className));
  const parsed = parseHeapFilter(filter);
  const count = members?.length ?? heap.graph.nodes.length;
  if (parsed.kind === 'all') return new RowList(members ?? allNodes(count));
  if (parsed.kind === 'id') {
    const node = heap.findNode(parsed.id);
    const isThere = node !== undefined && members?.includes(node) !== false;
    return new RowList(Uint32Array.from(isThere ? [node] : []));
  }
  const searches = new TextSearches(heap);
  const isWanted = toPredicate(parsed, (term) => objectPredicate(heap, term, searches));
  const found = new NumberColumn();
  try {
    yield* searches.prepare();
    yield* inRanges(
      count,
      (from, to) => {
        for (let at = from; at < to; at++) {
          const node = members === undefined ? at : (members[at] as number);
          if (isWanted(node)) found.push(node);
        }
      },
      STEP_ROWS,
    );
  } finally {
    searches.release();
  }
  return new RowList(new Uint32Array(found.finish()));
}

function allNodes(count: number): Uint32Array {
  const nodes = new Uint32Array(count);
  for (let node = 0; node < count; node++) nodes[node] = node;
  return nodes;
}
