import type { Matches } from '../search/function-search.ts';
import type { Subject } from '../state/subject.ts';
import type { SortColumn, ViewerState } from '../state/viewer-state.ts';
import type { TableRows } from './table-rows.ts';

/** The rows that the search found, if there is one, in the order asked for; equal ones by the heavier total. */
export function sortedRows(
  rows: TableRows,
  matches: Matches | undefined,
  sort: ViewerState['sort'],
): Uint32Array {
  const shown = matches ? rows.hit.filter((row) => rows.isMatch(row, matches)) : rows.hit.slice();
  const { totals } = rows;
  const direction = sort.descending ? -1 : 1;
  const byTotal = (a: number, b: number) =>
    (totals.total[b] as number) - (totals.total[a] as number) || a - b;
  if (sort.column === 'name') {
    const { compare } = new Intl.Collator(undefined, { numeric: true });
    return shown.sort((a, b) => direction * compare(rows.label(a), rows.label(b)) || byTotal(a, b));
  }
  const column = columnOf(rows, sort.column);
  return shown.sort((a, b) => direction * ((column[a] as number) - (column[b] as number)) || byTotal(a, b));
}

function columnOf({ totals }: TableRows, column: Exclude<SortColumn, 'name'>) {
  if (column === 'selfSamples') return totals.selfCount;
  return column === 'totalSamples' ? totals.totalCount : totals[column];
}

/** The heaviest call of a function: where its row in the table leads in the picture. */
export function heaviestCall({ view }: Subject, func: number): number {
  const { tree } = view;
  let heaviest = 0;
  for (let row = 1; row < tree.length; row++) {
    if (tree.func[row] !== func) continue;
    if (heaviest === 0 || (tree.total[row] as number) > (tree.total[heaviest] as number)) heaviest = row;
  }
  return heaviest;
}
