import { HeapFilterError } from '../../errors.ts';
import type { FilterTerm, HeapFilter } from './heap-filter.ts';

export type Predicate = (row: number) => boolean;

/** Puts together what a filter asks of a row from what its terms do. */
export function toPredicate(filter: HeapFilter, term: (term: FilterTerm) => Predicate): Predicate {
  switch (filter.kind) {
    case 'all':
      return () => true;
    case 'not': {
      const part = toPredicate(filter.part, term);
      return (row) => !part(row);
    }
    case 'and': {
      const parts = filter.parts.map((part) => toPredicate(part, term));
      return (row) => parts.every((part) => part(row));
    }
    case 'or': {
      const parts = filter.parts.map((part) => toPredicate(part, term));
      return (row) => parts.some((part) => part(row));
    }
    default:
      return term(filter);
  }
}

/** Rows of this kind have no such field. */
export function unknownField(term: FilterTerm, fields: string): HeapFilterError {
  return new HeapFilterError(term.at, `a field that these rows have: ${fields}`);
}
