import type { ClassChanges } from '../../compare/class-changes.ts';
import type { HeapPair } from '../../compare/heap-pair.ts';
import { compareNumbers, type FilterTerm, testText } from '../../filter/heap-filter.ts';
import { parseHeapFilter } from '../../filter/parse-filter.ts';
import { type Predicate, toPredicate, unknownField } from '../../filter/to-predicate.ts';
import type { HeapClassChange, HeapCompareSort, HeapOrder, HeapQuery, HeapRows } from '../heap-query.ts';
import { pageOf } from '../page.ts';

/** @throws HeapFilterError */
export function answerCompareClasses(
  { classes: { names }, changes }: HeapPair,
  { filter, order, page }: HeapQuery & { ask: 'compareClasses' },
): HeapRows<HeapClassChange> {
  const isWanted = toPredicate(parseHeapFilter(filter), (term) => changePredicate(names, changes, term));
  const rows = Uint32Array.from(names.keys()).filter(
    (row) => (changes.countBefore[row] !== 0 || changes.countAfter[row] !== 0) && isWanted(row),
  );
  return pageOf(rows, page, changeOrder(names, changes, order), (row) => ({
    className: names[row] ?? '',
    newCount: changes.newCount[row] as number,
    newBytes: changes.newBytes[row] as number,
    goneCount: changes.goneCount[row] as number,
    goneBytes: changes.goneBytes[row] as number,
    keptCount: changes.keptCount[row] as number,
    grownCount: changes.grownCount[row] as number,
    grownBytes: changes.grownBytes[row] as number,
    countBefore: changes.countBefore[row] as number,
    countAfter: changes.countAfter[row] as number,
    shallowBytesBefore: changes.shallowBytesBefore[row] as number,
    shallowBytesAfter: changes.shallowBytesAfter[row] as number,
    retainedBytesBefore: changes.retainedBytesBefore[row] as number,
    retainedBytesAfter: changes.retainedBytesAfter[row] as number,
  }));
}

const FIELDS = 'class, size, count (both as they are in the later snapshot)';

function changePredicate(names: readonly string[], changes: ClassChanges, term: FilterTerm): Predicate {
  switch (term.kind) {
    case 'text':
    case 'class':
    case 'name':
      return (row) => testText(term.test, names[row] ?? '');
    case 'number': {
      const column = { size: changes.shallowBytesAfter, count: changes.countAfter }[term.field as string];
      if (column === undefined) throw unknownField(term, FIELDS);
      return (row) => compareNumbers(term.comparison, column[row] as number, term.value);
    }
    default:
      throw unknownField(term, FIELDS);
  }
}

/** Equal ones by name. */
function changeOrder(
  names: readonly string[],
  changes: ClassChanges,
  { by, descending }: HeapOrder<HeapCompareSort>,
): (a: number, b: number) => number {
  const byName = (a: number, b: number) => compareTexts(names[a], names[b]);
  const sign = descending ? -1 : 1;
  if (by === 'name') return (a, b) => sign * byName(a, b);
  const amountOf = amountBy(changes, by);
  return (a, b) => sign * (amountOf(a) - amountOf(b)) || byName(a, b);
}

function amountBy(changes: ClassChanges, by: Exclude<HeapCompareSort, 'name'>): (row: number) => number {
  const difference = (after: Float64Array, before: Float64Array) => (row: number) =>
    (after[row] as number) - (before[row] as number);
  switch (by) {
    case 'moreCount':
      return difference(changes.countAfter, changes.countBefore);
    case 'moreShallow':
      return difference(changes.shallowBytesAfter, changes.shallowBytesBefore);
    case 'moreRetained':
      return difference(changes.retainedBytesAfter, changes.retainedBytesBefore);
    default:
      return (row) => changes[by][row] as number;
  }
}

function compareTexts(a = '', b = ''): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
