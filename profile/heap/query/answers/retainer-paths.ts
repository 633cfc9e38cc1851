import { HeapQueryError } from '../../../errors.ts';
import type { Steps } from '../../analysis/steps.ts';
import type { HeapPage, HeapQuery, HeapRetainerPathRow, HeapRows } from '../heap-query.ts';
import type { OpenHeap } from '../open-heap.ts';
import { pageOf } from '../page.ts';
import type { HolderGroup, MergedHolders } from '../retainer-tree/merge-holders.ts';
import { RetainerTree } from '../retainer-tree/retainer-tree.ts';
import { retainersOf } from './retainers.ts';

/** Ways are longer only in lists, whose rows repeat. */
export const MOST_STEPS = 500;

/** @throws HeapObjectError, HeapQueryError for a row that is not there */
export function* answerRetainerPaths(
  heap: OpenHeap,
  { of, path, ignored, page }: HeapQuery & { ask: 'retainerPaths' },
): Steps<HeapRows<HeapRetainerPathRow>> {
  const tree = yield* keptTree(heap, of, ignored);
  const { rows, total } = yield* retainerPathRows(heap, tree, path, page);
  if (!('object' in of)) return { rows, total };
  const heldBytes = heap.analysis.retainedSize[heap.nodeOf(of.object)] as number;
  return { rows: rows.map((row) => ({ ...row, heldCount: 1, heldBytes })), total };
}

/** It is kept for the next row that is opened. @throws HeapObjectError */
export function keptTree(
  heap: OpenHeap,
  of: (HeapQuery & { ask: 'retainerPaths' })['of'],
  ignored: readonly number[],
): Steps<RetainerTree> {
  const key = JSON.stringify(['retainerPaths', of, ignored]);
  return heap.answers.get(key, () => treeOf(heap, of, ignored));
}

function treeOf(
  heap: OpenHeap,
  of: (HeapQuery & { ask: 'retainerPaths' })['of'],
  ignored: readonly number[],
): Steps<RetainerTree> {
  if ('className' in of) {
    return RetainerTree.ofMany(heap, heap.membersOf(heap.classNamed(of.className)), ignored);
  }
  const node = heap.nodeOf(of.object);
  return RetainerTree.ofOne(heap, node, retainersOf(heap, node), ignored);
}

/** A page of the rows that a path opens, heaviest first. */
export function* retainerPathRows(
  heap: OpenHeap,
  tree: RetainerTree,
  path: readonly string[],
  page: HeapPage,
): Steps<HeapRows<HeapRetainerPathRow>> {
  if (path.length > MOST_STEPS) throw new HeapQueryError(`opens more than ${MOST_STEPS} rows`);
  const { groups } = yield* tree.open(path);
  const indices = Uint32Array.from(groups.keys());
  return pageOf(indices, page, byWeight(groups), (index) => toRow(heap, groups[index] as HolderGroup));
}

function byWeight(groups: MergedHolders['groups']): (a: number, b: number) => number {
  return (a, b) => {
    const [one, other] = [groups[a] as HolderGroup, groups[b] as HolderGroup];
    return (
      other.heldBytes - one.heldBytes ||
      other.heldCount - one.heldCount ||
      other.holderCount - one.holderCount ||
      a - b
    );
  };
}

function toRow(heap: OpenHeap, group: HolderGroup): HeapRetainerPathRow {
  const { example, ...row } = group;
  return { ...row, example: heap.row(example), opens: example !== 0 };
}
