import type { ByteStringTable } from './byte-string-table.ts';
import { frameKindOf, ROOT_NAME } from './frame-kind.ts';
import type { FunctionTable, IndexIntoFunctionTable } from './profile.ts';
import type { TupleTable } from './tuple-table.ts';

/** The tuples are (name, url, line, column), with line and column counted from 1 and 0 for "not known". */
export type FunctionRows = TupleTable;

/** The function that stands above all stacks. */
export function internRoot(strings: ByteStringTable, functions: FunctionRows): IndexIntoFunctionTable {
  const name = new TextEncoder().encode(ROOT_NAME);
  return functions.intern(strings.intern(name, 0, name.length), strings.intern(name, 0, 0), 0, 0);
}

export function toFunctionTable(functions: FunctionRows, strings: readonly string[]): FunctionTable {
  const name = functions.column(0);
  const url = functions.column(1);
  const kind = new Uint8Array(functions.length);
  for (let func = 0; func < functions.length; func++) {
    kind[func] = frameKindOf(strings[name[func] as number] ?? '', strings[url[func] as number] ?? '');
  }
  return {
    length: functions.length,
    name,
    url,
    line: functions.column(2),
    column: functions.column(3),
    kind,
  };
}
