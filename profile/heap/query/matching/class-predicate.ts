import { compareNumbers, type FilterTerm, testText } from '../../filter/heap-filter.ts';
import { type Predicate, unknownField } from '../../filter/to-predicate.ts';
import type { ClassTotals } from '../../tables/class-totals.ts';
import { NO_DISTANCE } from '../../tables/distance.ts';

const FIELDS = 'class, size, retained, distance, count';

/** What a term asks of a row of classes. */
export function classPredicate(names: readonly string[], totals: ClassTotals, term: FilterTerm): Predicate {
  switch (term.kind) {
    case 'text':
    case 'class':
    case 'name':
      return (row) => testText(term.test, names[row] ?? '');
    case 'unreached':
      return (row) => totals.distance[row] === NO_DISTANCE;
    case 'number': {
      const column = columnOf(totals, term);
      const isDistance = term.field === 'distance';
      return (row) => {
        const value = column[row] as number;
        return !(isDistance && value === NO_DISTANCE) && compareNumbers(term.comparison, value, term.value);
      };
    }
    default:
      throw unknownField(term, FIELDS);
  }
}

function columnOf(totals: ClassTotals, term: FilterTerm & { kind: 'number' }): ArrayLike<number> {
  switch (term.field) {
    case 'size':
      return totals.shallowBytes;
    case 'retained':
      return totals.retainedBytes;
    case 'distance':
      return totals.distance;
    case 'count':
      return totals.count;
    default:
      throw unknownField(term, FIELDS);
  }
}
