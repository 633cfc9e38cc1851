import type { Matches } from '../search/function-search.ts';
import type { Subject } from '../state/subject.ts';
import type { SortColumn, ViewerState } from '../state/viewer-state.ts';

/** The functions that samples hit, but the root: as indices, so that sorting moves numbers alone. */
export function sampledFunctions({ view }: Subject): Uint32Array {
  const { totals, tree } = view;
  const root = tree.func[0];
  return Uint32Array.from(totals.total.keys()).filter(
    (func) => (totals.totalCount[func] !== 0 || totals.total[func] !== 0) && func !== root,
  );
}

/** Those that the search found, if there is one, in the order asked for; equal ones by the heavier total. */
export function sortedFunctions(
  subject: Subject,
  functions: Uint32Array,
  matches: Matches | undefined,
  sort: ViewerState['sort'],
): Uint32Array {
  const shown = matches ? functions.filter((func) => matches.functions[func] === 1) : functions.slice();
  const { totals } = subject.view;
  const direction = sort.descending ? -1 : 1;
  const byTotal = (a: number, b: number) =>
    (totals.total[b] as number) - (totals.total[a] as number) || a - b;
  if (sort.column === 'name') {
    const { compare } = new Intl.Collator(undefined, { numeric: true });
    return shown.sort((a, b) => direction * compare(subject.label(a), subject.label(b)) || byTotal(a, b));
  }
  const column = columnOf(subject, sort.column);
  return shown.sort((a, b) => direction * ((column[a] as number) - (column[b] as number)) || byTotal(a, b));
}

function columnOf({ view }: Subject, column: Exclude<SortColumn, 'name'>) {
  if (column === 'selfSamples') return view.totals.selfCount;
  return column === 'totalSamples' ? view.totals.totalCount : view.totals[column];
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
