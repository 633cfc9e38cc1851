import type { FunctionTable, IndexIntoFunctionTable } from '../model/profile.ts';

/** The functions that a call tree speaks of: those of its profile. */
export interface NamedFunctions {
  readonly strings: readonly string[];
  readonly functions: FunctionTable;
}

export interface FunctionPlace {
  readonly name: string;
  readonly url: string;
  /** Counted from 1; 0 when not known. */
  readonly line: number;
  readonly column: number;
}

/** What other tools show for a function that has no name. */
const ANONYMOUS = '(anonymous)';

export function placeOf({ strings, functions }: NamedFunctions, func: IndexIntoFunctionTable): FunctionPlace {
  return {
    name: strings[functions.name[func] as number] || ANONYMOUS,
    url: strings[functions.url[func] as number] ?? '',
    line: functions.line[func] as number,
    column: functions.column[func] as number,
  };
}
