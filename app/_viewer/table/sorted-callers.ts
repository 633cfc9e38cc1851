import type { BottomUp } from '#profile/index.ts';
import type { Matches } from '../search/function-search.ts';
import type { Subject } from '../state/subject.ts';
import type { ViewerState } from '../state/viewer-state.ts';

/** The functions of a bottom-up table, those that the search found, if there is one, in the order asked for. */
export function sortedCallers(
  { label }: Subject,
  rows: BottomUp,
  top: Uint32Array,
  matches: Matches | undefined,
  { column, descending }: ViewerState['sort'],
): Uint32Array {
  const shown = matches ? top.filter((row) => matches.functions[rows.func(row)] === 1) : top.slice();
  const direction = descending ? -1 : 1;
  if (column === 'name') {
    const { compare } = new Intl.Collator(undefined, { numeric: true });
    return shown.sort((a, b) => direction * compare(label(rows.func(a)), label(rows.func(b))) || a - b);
  }
  // Upside down, what stacks add up to is what a function took itself; there is no other total.
  const isCount = column === 'selfSamples' || column === 'totalSamples';
  const amountOf = (row: number) => (isCount ? rows.totalCount(row) : rows.total(row));
  return shown.sort((a, b) => direction * (amountOf(a) - amountOf(b)) || a - b);
}
