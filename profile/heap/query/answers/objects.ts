import { NumberColumn } from '../../../model/number-column.ts';
import { parseHeapFilter } from '../../filter/parse-filter.ts';
import { toPredicate } from '../../filter/to-predicate.ts';
import type { HeapObjectRow, HeapQuery, HeapRows } from '../heap-query.ts';
import { LastUsed } from '../last-used.ts';
import { objectPredicate } from '../matching/object-predicate.ts';
import type { OpenHeap } from '../open-heap.ts';
import { objectOrder } from '../order.ts';
import { RowList } from '../page.ts';

/** @throws HeapFilterError, or HeapObjectError for a class that is not there */
export function answerObjects(
  heap: OpenHeap,
  query: HeapQuery & { ask: 'objects' },
): HeapRows<HeapObjectRow> {
  const key = JSON.stringify([query.className, query.filter]);
  const list = heap.keep(matchedBefore).get(key, () => new RowList(matchObjects(heap, query)));
  return list.page(query.page, objectOrder(heap, query.order), (node) => heap.row(node));
}

/** What was matched is kept: the next pages need no second search. Lists as long as the heap twice. */
function matchedBefore({ graph }: OpenHeap): LastUsed<RowList> {
  return new LastUsed(graph.nodes.length * 2, ({ weight }) => weight);
}

function matchObjects(heap: OpenHeap, { className, filter }: HeapQuery & { ask: 'objects' }): Uint32Array {
  const members = className === undefined ? undefined : heap.membersOf(heap.classNamed(className));
  const parsed = parseHeapFilter(filter);
  const count = members?.length ?? heap.graph.nodes.length;
  const nodeAt = (at: number) => (members === undefined ? at : (members[at] as number));
  if (parsed.kind === 'all') return members ?? allNodes(count);
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
  return new Uint32Array(found.finish());
}

function allNodes(count: number): Uint32Array {
  const nodes = new Uint32Array(count);
  for (let node = 0; node < count; node++) nodes[node] = node;
  return nodes;
}
