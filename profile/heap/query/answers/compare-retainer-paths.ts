import { HeapQueryError } from '../../../errors.ts';
import type { Steps } from '../../analysis/steps.ts';
import type { HeapPair } from '../../compare/heap-pair.ts';
import { type RowOfBoth, rowsOfBoth } from '../../compare/rows-of-both.ts';
import type { HeapQuery, HeapRetainerPathChange, HeapRows } from '../heap-query.ts';
import type { OpenHeap } from '../open-heap.ts';
import { pageOf } from '../page.ts';
import type { HolderGroup } from '../retainer-tree/merge-holders.ts';
import { keptTree, MOST_STEPS } from './retainer-paths.ts';

/** @throws HeapQueryError for a row that neither snapshot has */
export function* answerCompareRetainerPaths(
  { later, earlier }: HeapPair,
  { className, path, page }: HeapQuery & { ask: 'compareRetainerPaths' },
): Steps<HeapRows<HeapRetainerPathChange>> {
  if (path.length > MOST_STEPS) throw new HeapQueryError(`opens more than ${MOST_STEPS} rows`);
  const before = yield* groupsOf(earlier, className, path);
  const after = yield* groupsOf(later, className, path);
  if (path.length > 0 && before === undefined && after === undefined) {
    throw new HeapQueryError(`names a row that is not there: ${path.at(-1)}`);
  }
  const rows = rowsOfBoth(before ?? [], after ?? []);
  return pageOf(Uint32Array.from(rows.keys()), page, byGrowth(rows), (index) =>
    toChange(later, rows[index] as RowOfBoth),
  );
}

/** Undefined where a snapshot has no such class, or no such row. */
function* groupsOf(
  heap: OpenHeap,
  className: string,
  path: readonly string[],
): Steps<readonly HolderGroup[] | undefined> {
  if (!heap.classes.names.includes(className)) return undefined;
  const tree = yield* keptTree(heap, { className }, []);
  return (yield* tree.find(path))?.groups;
}

/** By bytes, then by objects; of equals what is heavier now. */
function byGrowth(rows: readonly RowOfBoth[]): (a: number, b: number) => number {
  return (a, b) => {
    const [one, other] = [rows[a] as RowOfBoth, rows[b] as RowOfBoth];
    return (
      moreBytes(other) - moreBytes(one) ||
      moreObjects(other) - moreObjects(one) ||
      (other.after?.heldBytes ?? 0) - (one.after?.heldBytes ?? 0) ||
      a - b
    );
  };
}

function moreBytes({ before, after }: RowOfBoth): number {
  return (after?.heldBytes ?? 0) - (before?.heldBytes ?? 0);
}

function moreObjects({ before, after }: RowOfBoth): number {
  return (after?.heldCount ?? 0) - (before?.heldCount ?? 0);
}

function toChange(later: OpenHeap, { before, after, either }: RowOfBoth): HeapRetainerPathChange {
  const { key, className, edgeName } = either;
  return {
    key,
    className,
    edgeName,
    heldCountBefore: before?.heldCount ?? 0,
    heldCountAfter: after?.heldCount ?? 0,
    heldBytesBefore: before?.heldBytes ?? 0,
    heldBytesAfter: after?.heldBytes ?? 0,
    holderCountBefore: before?.holderCount ?? 0,
    holderCountAfter: after?.holderCount ?? 0,
    example: after && later.row(after.example),
    opens: either.example !== 0,
  };
}
