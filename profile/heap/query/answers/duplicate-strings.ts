import { inRanges, type Steps } from '../../analysis/steps.ts';
import { compareNumbers, type FilterTerm, testText } from '../../filter/heap-filter.ts';
import { parseHeapFilter } from '../../filter/parse-filter.ts';
import { type Predicate, toPredicate, unknownField } from '../../filter/to-predicate.ts';
import { cut } from '../../names/edge-name.ts';
import { StringParts } from '../../names/string-parts.ts';
import type { DuplicateGroups } from '../duplicates/duplicate-groups.ts';
import { findDuplicates } from '../duplicates/find-duplicates.ts';
import type { DuplicateStrings, HeapQuery } from '../heap-query.ts';
import type { OpenHeap } from '../open-heap.ts';
import { pageOf } from '../page.ts';

const SHOWN_CHARACTERS = 200;
const SEARCHED_CHARACTERS = 1024;
/** Groups that are looked at between two stops: texts are made of them to be searched. */
const STEP_GROUPS = 1 << 13;

/** Contents of which there is more than one string, those that waste most first. */
export function* answerDuplicateStrings(
  heap: OpenHeap,
  { filter, page }: HeapQuery & { ask: 'duplicateStrings' },
): Steps<DuplicateStrings> {
  const groups = yield* heap.keeping(findDuplicates);
  const isWanted = toPredicate(parseHeapFilter(filter), (term) => groupPredicate(heap, groups, term));
  const rows = new Uint32Array(groups.length);
  let length = 0;
  const match = (from: number, to: number) => {
    for (let group = from; group < to; group++) {
      if (groups.countOf(group) > 1 && isWanted(group)) rows[length++] = group;
    }
  };
  yield* inRanges(groups.length, match, STEP_GROUPS);
  const byWaste = (a: number, b: number) =>
    groups.wastedOf(b) - groups.wastedOf(a) || groups.totalOf(b) - groups.totalOf(a) || a - b;
  const found = pageOf(rows.subarray(0, length), page, byWaste, (group) => ({
    text: cut(textOf(heap, groups, group, SHOWN_CHARACTERS + 1), SHOWN_CHARACTERS),
    isBeginning: groups.isBeginning(group),
    count: groups.countOf(group),
    totalBytes: groups.totalOf(group),
    wastedBytes: groups.wastedOf(group),
    example: heap.graph.nodes.id[groups.exampleOf(group)] as number,
  }));
  const { redactedCount, redactedBytes } = groups;
  return { ...found, redactedCount, redactedBytes };
}

function textOf(heap: OpenHeap, groups: DuplicateGroups, group: number, most: number): string {
  return new StringParts(heap.cells.analysis.graph, heap.partNames).begin(groups.exampleOf(group), most);
}

function groupPredicate(heap: OpenHeap, groups: DuplicateGroups, term: FilterTerm): Predicate {
  if (term.kind === 'text' || term.kind === 'name') {
    return (group) => testText(term.test, textOf(heap, groups, group, SEARCHED_CHARACTERS));
  }
  if (term.kind !== 'number') throw unknownField(term, FIELDS);
  const value = numberOf(groups, term);
  return (group) => compareNumbers(term.comparison, value(group), term.value);
}

const FIELDS = 'name, size, count, total, wasted';

function numberOf(groups: DuplicateGroups, term: FilterTerm & { kind: 'number' }): (group: number) => number {
  switch (term.field) {
    case 'count':
      return (group) => groups.countOf(group);
    case 'total':
      return (group) => groups.totalOf(group);
    case 'wasted':
      return (group) => groups.wastedOf(group);
    case 'size':
      return (group) => groups.totalOf(group) / groups.countOf(group);
    default:
      throw unknownField(term, FIELDS);
  }
}
