import type { FunctionTable, IndexIntoFunctionTable, Profile } from '../model/profile.ts';
import type { FunctionName } from './transform.ts';

interface NamedFunctions {
  readonly strings: readonly string[];
  readonly functions: FunctionTable;
}

/** What a function is called in links, and in other profiles. */
export function toFunctionName(
  { strings, functions }: NamedFunctions,
  func: IndexIntoFunctionTable,
): FunctionName {
  return {
    name: strings[functions.name[func] as number] ?? '',
    url: strings[functions.url[func] as number] ?? '',
    line: functions.line[func] as number,
    column: functions.column[func] as number,
  };
}

/** The row of the function of this name; undefined where the profile has none. */
export function findFunction(
  { strings, functions }: Pick<Profile, 'strings' | 'functions'>,
  { name, url, line, column }: FunctionName,
): IndexIntoFunctionTable | undefined {
  for (let func = 0; func < functions.length; func++) {
    if (functions.line[func] !== line || functions.column[func] !== column) continue;
    if (strings[functions.name[func] as number] !== name) continue;
    if (strings[functions.url[func] as number] === url) return func;
  }
  return undefined;
}
