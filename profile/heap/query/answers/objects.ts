import { NumberColumn } from '../../../model/number-column.ts';
import { parseHeapFilter } from '../../filter/parse-filter.ts';
import { toPredicate } from '../../filter/to-predicate.ts';
import type { HeapObjectRow, HeapQuery, HeapRows } from '../heap-query.ts';
import { objectPredicate } from '../matching/object-predicate.ts';
import type { OpenHeap } from '../open-heap.ts';
import { objectOrder } from '../order.ts';
import { pageOf } from '../page.ts';

/** What was matched for so many questions is kept: their next pages need no second search. */
const MOST_KEPT = 4;

/** @throws HeapFilterError, or HeapObjectError for a class that is not there */
export function answerObjects(
  heap: OpenHeap,
  query: HeapQuery & { ask: 'objects' },
): HeapRows<HeapObjectRow> {
  const kept = heap.keep(noMatches);
  const key = JSON.stringify([query.className, query.filter]);
  const rows = kept.get(key) ?? matchObjects(heap, query);
  // The one that was asked for last goes last.
  kept.delete(key);
  kept.set(key, rows);
  if (kept.size > MOST_KEPT) kept.delete(kept.keys().next().value as string);
  return pageOf(rows, query.page, objectOrder(heap, query.order), (node) => heap.row(node));
}

function noMatches(): Map<string, Uint32Array> {
  return new Map();
}

function matchObjects(heap: OpenHeap, { className, filter }: HeapQuery & { ask: 'objects' }): Uint32Array {
  const members = className === undefined ? undefined : heap.membersOf(heap.classNamed(className));
  const parsed = parseHeapFilter(filter);
  const count = members?.length ?? heap.graph.nodes.length;
  const nodeAt = (at: number) => (members === undefined ? at : (members[at] as number));
  if (parsed.kind === 'all') return members?.slice() ?? Uint32Array.from({ length: count }, (_, at) => at);
  if (parsed.kind === 'id') {
    const node = heap.findNode(parsed.id);
    return Uint32Array.from(node === undefined || members?.includes(node) === false ? [] : [node]);
  }
  const isWanted = toPredicate(parsed, (term) => objectPredicate(heap, term));
  const found = new NumberColumn();
  for (let at = 0; at < count; at++) {
    const node = nodeAt(at);
    if (isWanted(node)) found.push(node);
  }
  return Uint32Array.from(found.finish());
}
